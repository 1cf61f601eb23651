import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@apms/db';
import { seedDatabase } from '@apms/db/seed';
import { applyMigration } from '@apms/db/testing';
import type { Client } from 'pg';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import { readMigrations } from '../server/read-migrations.ts';

/** A database in which people work, and one of its workspaces. */
export interface BenchWorld {
  readonly database: string;
  readonly stages: number;
  readonly workspaceId: string;
  /** The approver with the most to decide, who may also do everything else. */
  readonly busiest: BenchPerson;
}

/** Somebody who can call the API. */
export interface BenchPerson {
  readonly userId: string;
  /** What makes a request theirs. */
  readonly headers: Readonly<Record<string, string>>;
}

const WORKSPACES = 2;
const STAGES_PER_WORKFLOW = 7;

/** Makes a database with every migration and about so many stages. */
export async function createBenchWorld(bench: Bench, stages: number): Promise<BenchWorld> {
  const { server } = bench;
  const database = `api_${stages}`;
  bench.note(`filling a database with ${stages.toLocaleString('en')} stages`);
  await server.createDatabase(database);
  return await server.withClient(database, async (client) => {
    for (const { name, script } of await readMigrations()) await applyMigration(client, name, script);
    const workflows = Math.ceil(stages / STAGES_PER_WORKFLOW);
    const { rows } = await seedDatabase(client, { workflows, workspaces: WORKSPACES });
    // As the API leaves them: the clock of a workflow on hold stands still.
    await client.query(
      `update workflow_stages s set sla_due_at = null from workflow_instances w
       where w.id = s.workflow_id and w.status = 'ON_HOLD' and s.status = 'PENDING'`,
    );
    await client.query('vacuum analyze');
    const [found] = await select<{ workspaceId: string; userId: string }>(
      client,
      `select workspace_id as "workspaceId", approver_id as "userId" from workflow_stages
       where status = 'PENDING' and sla_due_at is not null and approver_id is not null
       group by 1, 2 order by count(*) desc, 2 limit 1`,
    );
    if (found === undefined) throw new BenchError('The database has no pending stage: it needs more stages.');
    const { workspaceId, userId } = found;
    await client.query(
      `insert into workspace_memberships (id, workspace_id, user_id, role) values ($1, $2, $3, 'ADMIN')`,
      [newId(), workspaceId, userId],
    );
    const busiest = await giveKey(client, workspaceId, userId);
    return { database, stages: rows['workflow_stages'] ?? 0, workspaceId, busiest };
  });
}

/** Gives a member of the workspace an API key. */
export async function giveKey(client: Client, workspaceId: string, userId: string): Promise<BenchPerson> {
  const key = `apms_${randomBytes(32).toString('base64url')}`;
  const hash = createHash('sha256').update(key).digest('base64url');
  await client.query(
    `insert into api_keys (id, reference_id, key, start, rate_limit_enabled) values ($1, $2, $3, $4, false)`,
    [newId(), userId, hash, key.slice(0, 9)],
  );
  return { userId, headers: { 'x-api-key': key, 'x-workspace-id': workspaceId } };
}

/** The rows of a query. */
export async function select<Row extends object>(
  client: Client,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await client.query<Row>(sql, [...values]);
  return rows;
}
