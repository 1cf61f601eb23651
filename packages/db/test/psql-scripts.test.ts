import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CheckResult, type CheckResult as Result } from '@apms/validators';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listForeignKeys, planOrphanQueries, psqlScripts, runValidationSuite } from '../src/checks/index.ts';
import type { OrphanQuery } from '../src/checks/plan-orphan-queries.ts';
import type { Probe } from '../src/checks/probe/probe.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { breakages } from './support/breakages.ts';
import { insertProductionRows } from './support/production-rows.ts';
import { hasPsql, runPsql } from './support/run-psql.ts';

let database: TestDatabase;
let client: Client;
let production: Probe;
let directory: string;

beforeAll(async () => {
  database = await createTestDatabase();
  client = await database.connect();
  await insertProductionRows(client);
  production = await insertProductionRows(client);
  directory = await mkdtemp(join(tmpdir(), 'psql-scripts-'));
  for (const [name, text] of await scriptsFor(client)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
});

afterAll(async () => {
  await database.drop();
  await rm(directory, { recursive: true });
});

async function scriptsFor(on: Client) {
  const { rows } = await on.query<{ name: string }>('select migration_name as name from _prisma_migrations');
  const { queries } = await planOrphanQueries(on, await listForeignKeys(on));
  const migrations = rows.map(({ name }) => name);
  return psqlScripts({ writtenBy: 'a test', migrations, orphanQueries: queries });
}

const psql = (args: readonly string[], url = database.url) => runPsql(url, args);
const file = (name: string) => ['-f', join(directory, name)];

/** Runs the scripts after `prepare`, in the same transaction, which they roll back. */
async function runScripts(prepare: string, name = 'run-all.sql') {
  const { stdout, stderr, exitCode } = await psql([
    '-v',
    'json=on',
    '-c',
    'begin',
    '-c',
    prepare,
    ...file(name),
  ]);
  return { stdout, stderr, exitCode, results: JSON.parse(stdout.match(/^\[.*\]$/m)?.[0] ?? '[]') };
}

async function runSuite(prepare: string): Promise<Result[]> {
  await client.query('begin');
  try {
    await client.query(prepare);
    return await runValidationSuite(client);
  } finally {
    await client.query('rollback');
  }
}

/**
 * What two runs have to agree on. Ids of probes are other ones each time, and so are durations; the scripts know the
 * keys of when they were written, the suite those of the moment.
 */
function comparable(results: readonly Result[]) {
  const varying = /Ms$|^keysScanned$|^keysProvenByDatabase$/;
  return results
    .filter(({ code }) => code !== 'N2')
    .map(({ code, status, figures, problems }) => ({
      code,
      status,
      figures: Object.fromEntries(Object.entries(figures).filter(([name]) => !varying.test(name))),
      problems: problems.filter(({ detail = '' }) => !/relation ".*" does not exist$/.test(detail)),
    }));
}

function checksOf(results: readonly { code: string }[]): Result[] {
  return CheckResult.array().parse(results.filter(({ code }) => code !== 'orphans'));
}

describe.skipIf(!hasPsql)('the scripts say what the suite says', () => {
  test('of a sound database', async () => {
    const { results, exitCode, stdout } = await runScripts('select');
    expect(comparable(checksOf(results))).toEqual(comparable(await runSuite('select')));
    expect(stdout).toMatch(/^GO$/m);
    expect(exitCode).toBe(0);
  });

  test.each(breakages)('when $what', async ({ sql, codes }) => {
    const { results, exitCode, stderr } = await runScripts(sql(production));
    expect(comparable(checksOf(results))).toEqual(comparable(await runSuite(sql(production))));
    expect(stderr).toContain(codes.some((code) => code.startsWith('C')) ? 'NO-GO: ' : 'HOLD: ');
    expect(exitCode).toBe(3);
  });
});

describe.skipIf(!hasPsql)('for people', () => {
  test('a table of results and the decision', async () => {
    const { stdout, stderr, exitCode } = await psql(file('run-all.sql'));
    expect(stdout).toMatch(/^ C3 +\| Configuration lifecycle +\| passed +\|/m);
    expect(stdout.trimEnd()).toMatch(/\nGO$/);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  });

  test('one check alone, and C1 with the orphans', async () => {
    const one = await psql(['-v', 'json=on', ...file('C2.sql')]);
    expect(JSON.parse(one.stdout.split('\n')[0] ?? '')).toMatchObject([{ code: 'C2', status: 'passed' }]);
    const two = await psql(['-v', 'json=on', ...file('C1.sql')]);
    expect(JSON.parse(two.stdout.split('\n')[0] ?? '')).toMatchObject([{ code: 'orphans' }, { code: 'C1' }]);
  });

  test('orphans by severity, counted and with samples', async () => {
    const damage = `set local session_replication_role = replica;
      update workflow_instances set config_version_id = 'gone' where id = '${production.prefix}:workflow_instances';
      update workflow_stages set approver_id = 'nobody' where id = '${production.prefix}:workflow_stages'`;
    const { results, stderr, exitCode } = await runScripts(damage, 'orphans.sql');
    expect(results).toMatchObject([{ code: 'orphans', status: 'failed', figures: { orphans: 5 } }]);
    expect(results[0].problems[0]).toMatchObject({
      severity: 'CRITICAL',
      table: 'workflow_instances',
      sampleIds: [`${production.prefix}:workflow_instances`],
    });
    expect(results[0].problems.at(-1)).toMatchObject({
      severity: 'WARNING',
      table: 'workflow_stages',
      count: 1,
    });
    expect(stderr).toContain('NO-GO: orphans');
    expect(exitCode).toBe(3);
  });

  test('a HOLD goes on for a reason, and only for one', async () => {
    const unindexed = ['-c', 'begin', '-c', 'drop index idx_workflow_stages_role_id'];
    const held = await psql([...unindexed, ...file('run-all.sql')]);
    expect([held.exitCode, held.stderr]).toEqual([3, expect.stringContaining('HOLD: I1')]);
    const blank = await psql(['-v', 'accept_hold= ', ...unindexed, ...file('run-all.sql')]);
    expect(blank.exitCode).toBe(3);
    const accepted = await psql([
      '-v',
      "accept_hold=it's built tonight",
      ...unindexed,
      ...file('run-all.sql'),
    ]);
    expect(accepted.stdout).toContain("HOLD accepted: it's built tonight");
    expect(accepted.exitCode).toBe(0);
  });

  test('a check that breaks is a failed check; the others still run', async () => {
    const revoke = 'revoke insert on workflow_stage_actions from apms_api';
    const { results } = await runScripts(revoke);
    expect(comparable(checksOf(results))).toEqual(comparable(await runSuite(revoke)));
  });

  test('what is locked makes a check fail, not wait for ever', async () => {
    const other = await database.connect();
    await other.query('begin; lock table punchlists in access exclusive mode');
    const { stdout, exitCode } = await psql(file('C4.sql'));
    await other.query('rollback');
    await other.end();
    expect(stdout).toContain('the check itself broke: canceling statement due to lock timeout');
    expect(exitCode).toBe(3);
  });

  test('nothing remains', async () => {
    const read = async () =>
      (
        await client.query(`select (select count(*) from workspaces) as workspaces, (select count(*) from users) as users,
        (select count(*) from pg_class) as relations`)
      ).rows;
    const before = await read();
    await psql(file('run-all.sql'));
    expect(await read()).toEqual(before);
  });

  test('a database at another level is refused, and one without a history', async () => {
    const older = await createTestDatabase({ template: { migrations: 3 } });
    const empty = await createTestDatabase({ template: 'empty' });
    const refused = await psql(file('run-all.sql'), older.url);
    expect(refused.stderr).toMatch(
      /These scripts are for databases with the \d+ migrations up to \d+_\w+; \S+ has 3 up to \d+_/,
    );
    const unknown = await psql(file('C2.sql'), empty.url);
    expect(unknown.stderr).toMatch(/has no migration history/);
    expect([refused.exitCode, unknown.exitCode, refused.stdout]).toEqual([3, 3, '']);
    await older.drop();
    await empty.drop();
  });
});

describe('the scripts', () => {
  test('are the same bytes for the same input', async () => {
    const first = await scriptsFor(client);
    expect([...(await scriptsFor(client))]).toEqual([...first]);
    expect([...first.keys()]).toEqual(
      expect.arrayContaining(['README.md', 'run-all.sql', 'orphans.sql', 'C1.sql', 'N1.sql']),
    );
  });

  test('have one query for each foreign key, with its severity', async () => {
    const keys = await listForeignKeys(client);
    const orphans = (await scriptsFor(client)).get('orphans.sql') ?? '';
    expect(orphans.match(/^-- (CRITICAL|WARNING): /gm)).toHaveLength(keys.length);
    expect(orphans).toContain('-- CRITICAL: fk_workflow_instances_config_version, workflow_instances (');
  });

  test('quote whatever names there are', () => {
    const query: OrphanQuery = {
      foreignKey: {
        name: "odd\n100% $check$ key's",
        table: 'Odd "Child"',
        columns: ['a'],
        referencedTable: 'Odd "Parent"',
        referencedColumns: ['b'],
        validated: true,
        severity: 'WARNING',
      },
      sql: 'select 1 as count, array[1] as "sampleIds"',
      quickSql: '',
    };
    const odd = psqlScripts({ writtenBy: 'a test', migrations: ["20260101_o'dd"], orphanQueries: [query] });
    expect(odd.get('orphans.sql')).toContain(
      '-- WARNING: odd 100% $check$ key\'s, Odd "Child" (a) to Odd "Parent"',
    );
    expect(odd.get('orphans.sql')).toContain("100%% $check$ key''s");
    expect(odd.get('orphans.sql')).toContain('$check_$');
    expect(odd.get('lib/begin.sql')).toContain("array['20260101_o''dd']");
  });
});
