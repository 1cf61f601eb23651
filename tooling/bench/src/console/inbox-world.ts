import { PASSWORD, setPassword } from '@apms/api/testing';
import { openDatabase } from '@apms/db';
import type { Client } from 'pg';
import { createBenchWorld, select } from '../api/bench-world.ts';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';

/** A database in which one person has so much to decide. */
export interface InboxWorld {
  readonly database: string;
  readonly workspaceCode: string;
  readonly email: string;
  readonly password: string;
}

const STAGES = 2_000;

/** Makes it from a small world, by copies of one workflow whose stage awaits the person, each of the next site. */
export async function createInboxWorld(bench: Bench, rows: number): Promise<InboxWorld> {
  const { database, workspaceId, busiest } = await createBenchWorld(bench, STAGES);
  bench.note(`filling an inbox with ${rows.toLocaleString('en')} stages`);
  return await bench.server.withClient(database, async (client) => {
    const [{ pending } = { pending: 0 }] = await select<{ pending: number }>(
      client,
      `select count(*)::int as pending from workflow_stages
       where approver_id = $1 and workspace_id = $2 and status = 'PENDING' and sla_due_at is not null`,
      [busiest.userId, workspaceId],
    );
    await copyStage(client, workspaceId, busiest.userId, Math.max(rows - pending, 0));
    await client.query('vacuum analyze');
    const [person] = await select<{ email: string; workspaceCode: string }>(
      client,
      `select u.email, w.code as "workspaceCode" from users u, workspaces w where u.id = $1 and w.id = $2`,
      [busiest.userId, workspaceId],
    );
    if (person === undefined) throw new BenchError('The person is not there.');
    const own = openDatabase({ connectionString: bench.server.url(database), applicationName: 'bench' });
    try {
      await own.prisma.user.update({ where: { id: busiest.userId }, data: { status: 'ACTIVE' } });
      await setPassword(own, { userId: busiest.userId, email: person.email, credentials: {} });
    } finally {
      await own.close();
    }
    return { database, ...person, password: PASSWORD };
  });
}

async function copyStage(client: Client, workspaceId: string, userId: string, count: number): Promise<void> {
  await client.query(
    `with one as (
       select s.id as stage_id, s.workflow_id from workflow_stages s
       where s.approver_id = $1 and s.workspace_id = $2 and s.status = 'PENDING' and s.sla_due_at is not null
       order by s.id limit 1
     ), ids as materialized (
       select 'copy-' || lpad(n::text, 7, '0') as id, n from generate_series(1, $3::int) n
     ), places as materialized (
       select array_agg(id order by id) as sites from sites where workspace_id = $2
     ), workflows as (
       insert into workflow_instances
       select (jsonb_populate_record(w, jsonb_build_object(
         'id', ids.id, 'site_id', places.sites[1 + ids.n % cardinality(places.sites)]))).*
       from workflow_instances w join one on one.workflow_id = w.id cross join ids cross join places
       returning id
     )
     insert into workflow_stages
     select (jsonb_populate_record(s, jsonb_build_object(
       'id', ids.id, 'workflow_id', ids.id, 'sla_due_at', s.sla_due_at + make_interval(secs => ids.n)))).*
     from workflow_stages s join one on one.stage_id = s.id cross join ids
     where (select count(*) from workflows) > 0`,
    [userId, workspaceId, count],
  );
}
