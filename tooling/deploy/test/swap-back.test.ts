import pg from 'pg';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { readDatabaseProperties } from '../src/backup/database-properties.ts';
import { databasesOf } from './support/identity.ts';
import { startLiveClient } from './support/live-client.ts';
import { createScenario, type Scenario, type ScenarioOptions, SITES } from './support/scenario.ts';

const NAME = '20270101000000_note';
const SQL = `alter table sites add column note text;
update sites set note = 'migrated' where region = 'R1';
insert into sites (id, workspace_id, site_code, name, region)
select 'migrated', workspace_id, 'M', 'Migrated', 'R9' from sites where id = 'site-1';`;

/** Runs once the verification is over: inside the commit's transaction, but after all that looks at it. */
const BREAKS_LATER = `create function break_later() returns trigger language plpgsql as $$
begin
  drop index ux_config_versions_one_active_per_workspace;
  return null;
end $$;
create constraint trigger break_later after insert on _prisma_migrations
  deferrable initially deferred for each row execute function break_later();`;

describe.skipIf(inject('testServer').kind === 'embedded')('after the commit', () => {
  let scenario: Scenario;
  let quarantine: string | null;

  afterEach(async () => {
    if (quarantine)
      await scenario.query(`drop database if exists ${pg.escapeIdentifier(quarantine)} with (force)`);
    await scenario.remove();
  });

  /** A target whose database differs from a new one in everything that it can. */
  async function prepare(sql: string, settings: NonNullable<ScenarioOptions['settings']>) {
    quarantine = null;
    scenario = await createScenario({ data: SITES, settings, pending: { [NAME]: sql } });
    const { name } = scenario.database;
    await scenario.query(`
      alter database ${name} connection limit 17;
      alter database ${name} set work_mem = '5MB';
      alter database ${name} set search_path = public, pg_temp;
      grant temporary on database ${name} to pg_monitor;
      revoke connect on database ${name} from public;
      alter database ${name} owner to pg_monitor;
      comment on database ${name} is 'the one and only';`);
    return { before: await scenario.identity(), properties: await properties() };
  }

  async function properties() {
    const client = await scenario.database.connect();
    const { sizeBytes: _, ...rest } = await readDatabaseProperties(client);
    await client.end();
    return rest;
  }

  /** A hook that writes as a client would, and then ends as `exit` says. */
  function hook(exit: string, timeoutMs = 30_000) {
    const writes = `insert into sites (id, workspace_id, site_code, name, region) select 'late-' || n, workspace_id, 'L' || n, 'Late', 'R7' from sites, generate_series(1, 3) n where id = 'site-1';
      update sites set city = 'New' where id in ('site-2', 'site-3');
      delete from sites where id = 'site-5'`;
    const code = `
      import { createRequire } from 'node:module';
      const pg = createRequire(${JSON.stringify(import.meta.filename)})('pg');
      const client = new pg.Client({ connectionString: process.env.STAGING_DATABASE_URL });
      await client.connect();
      await client.query(${JSON.stringify(writes)});
      await client.end();
      console.log('the health check says no');
      ${exit}`;
    return {
      hooks: { smoke: [{ command: [process.execPath, '--input-type=module', '-e', code], timeoutMs }] },
    };
  }

  async function expectSwappedBack(was: Awaited<ReturnType<typeof prepare>>) {
    const result = await scenario.run();
    quarantine = result.report?.rollback?.quarantine ?? null;
    expect(await scenario.identity()).toEqual(was.before);
    expect(await properties()).toEqual(was.properties);
    expect(await databasesOf(scenario.database.url, result.report?.id ?? '')).toEqual([quarantine]);
    return result;
  }

  const LATE = [{ table: 'public.sites', written: 5, updatedOrDeleted: 3 }];

  test.each([
    { what: 'fails', settings: hook('process.exitCode = 3;'), how: /exited with 3.* It wrote: .*says no/ },
    { what: 'takes too long', settings: hook('setInterval(() => 0, 1_000);', 3_000), how: /took too long/ },
  ])('a smoke hook that $what swaps the target back, and tells what only the other has', async (given) => {
    const { exitCode, report } = await expectSwappedBack(await prepare(SQL, given.settings));
    expect({ exitCode, report }).toMatchObject({
      exitCode: 1,
      report: {
        outcome: 'rolled-back',
        failure: { code: 'HOOK_FAILED', message: expect.stringMatching(given.how) },
        warnings: [],
        rollback: { way: 'swap-back', verified: true, leftBehind: LATE },
      },
    });
    const kept = new URL(scenario.database.url);
    kept.pathname = `/${quarantine}`;
    const client = new pg.Client({ connectionString: kept.href });
    await client.connect();
    const { rows } = await client.query(
      "select id from sites where id like 'late-%' or note is not null order by id",
    );
    expect(rows.map(({ id }) => id)).toEqual(['late-1', 'late-2', 'late-3', 'site-1']);
    await client.end();
  });

  test('a verification that fails swaps the target back', async () => {
    const { exitCode, report } = await expectSwappedBack(await prepare(BREAKS_LATER, { rehearse: false }));
    expect({ exitCode, report }).toMatchObject({
      exitCode: 1,
      report: {
        outcome: 'rolled-back',
        failure: {
          code: 'VERIFICATION_FAILED',
          message: expect.stringContaining('ux_config_versions_one_active_per_workspace is missing'),
        },
        rollback: { way: 'swap-back', verified: true, leftBehind: [] },
      },
    });
  });

  test('a migration that is not in the history any more swaps the target back', async () => {
    const forgets = `create function forget() returns trigger language plpgsql as $$
      begin delete from _prisma_migrations where id = new.id; return null; end $$;
      create constraint trigger forget after insert on _prisma_migrations
        deferrable initially deferred for each row execute function forget();`;
    const { exitCode, report } = await expectSwappedBack(await prepare(forgets, { rehearse: false }));
    expect({ exitCode, report }).toMatchObject({
      exitCode: 1,
      report: {
        outcome: 'rolled-back',
        failure: {
          code: 'VERIFICATION_FAILED',
          message: expect.stringContaining(`${NAME} was committed, and is not in the history any more`),
        },
      },
    });
  });

  test('rows that a client writes up to the swap are counted to the last one', async () => {
    await prepare(SQL, { ...hook('process.exitCode = 1;'), rehearse: false });
    const live = startLiveClient(scenario.database.url);
    await live.more(3);
    const { report } = await scenario.run();
    await live.more(3);
    await live.stop();
    quarantine = report?.rollback?.quarantine ?? null;
    const liveIn = async (database: string) => {
      const url = new URL(scenario.database.url);
      url.pathname = `/${database}`;
      const client = new pg.Client({ connectionString: url.href });
      await client.connect();
      const { rows } = await client.query<{ id: string }>("select id from sites where id like 'live-%'");
      await client.end();
      return rows.map(({ id }) => id);
    };
    const [kept, present] = [await liveIn(quarantine ?? ''), await liveIn(scenario.database.name)];
    expect([...kept, ...present]).toEqual(expect.arrayContaining([...live.committed]));
    const [late] = LATE;
    const lost = kept.filter((id) => !present.includes(id));
    expect(lost.length).toBeGreaterThan(0);
    expect(report?.rollback?.leftBehind).toEqual([{ ...late, written: (late?.written ?? 0) + lost.length }]);
  });
});
