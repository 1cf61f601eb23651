import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckCode, CheckResult } from '@apms/validators';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ValidationSuiteOptions } from '../src/checks/check.ts';
import { auditOrphans, listForeignKeys, runValidationSuite } from '../src/checks/index.ts';
import type { Probe } from '../src/checks/probe/probe.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { breakages } from './support/breakages.ts';
import { insertProductionRows } from './support/production-rows.ts';

let database: TestDatabase;
let client: Client;
let production: Probe;

beforeAll(async () => {
  database = await createTestDatabase();
  client = await database.connect();
  await insertProductionRows(client);
  production = await insertProductionRows(client);
});

afterAll(async () => {
  await database.drop();
});

/** Runs the suite in a transaction after `prepare`, and undoes everything. */
async function run(
  prepare = '',
  options: ValidationSuiteOptions = { orphans: 'trust-validated' },
  on = client,
): Promise<CheckResult[]> {
  await on.query('begin');
  try {
    if (prepare !== '') await on.query(prepare);
    return await runValidationSuite(on, options);
  } finally {
    await on.query('rollback');
  }
}

const withStatus = (results: readonly CheckResult[], status: CheckResult['status']): string[] =>
  results.filter((result) => result.status === status).map(({ code }) => code);

const messages = (results: readonly CheckResult[]): string =>
  results
    .flatMap(({ code, problems }) =>
      problems.map(({ message, detail }) =>
        [code, message, ...(detail === undefined ? [] : [detail])].join(': '),
      ),
    )
    .join('\n');

describe('on a sound database', () => {
  test('every check passes, with figures', async () => {
    const results = await run('', { orphans: 'scan' });
    expect(messages(results.filter(({ code }) => code !== 'N2'))).toBe('');
    expect(results.map(({ code }) => code)).toEqual(CheckCode.options);
    expect(withStatus(results, 'skipped')).toEqual(['N2']);
    for (const result of results) expect(CheckResult.parse(result)).toEqual(result);
    const figures = Object.fromEntries(results.map((result) => [result.code, result.figures]));
    expect(figures['C1']).toMatchObject({ tables: 16, unvalidatedForeignKeys: 0, orphans: 0 });
    expect(figures['C1']?.['foreignKeys']).toBeGreaterThanOrEqual(57);
    expect(figures['C1']?.['keysProvenByDatabase']).toBe(0);
    expect(figures['C3']).toMatchObject({ versions: 6, activeVersions: 2, brokenLinks: 0 });
    expect(figures['C4']).toMatchObject({ eventsSurvived: 3, workflowsOnDrafts: 0 });
    expect(figures['C5']).toMatchObject({ tablesWithForcedRowSecurity: 23, tablesProbed: 23 });
    expect(figures['C6']).toEqual({
      policiesResolved: 4,
      stagesCreated: 2,
      stagesApproved: 2,
      actionsLogged: 2,
      refusalsTried: 5,
    });
    expect(figures['I1']).toMatchObject({ performanceIndexes: 91, invalidIndexes: 0 });
    expect(figures['I3']).toMatchObject({ importsRead: 6, decidedStagesRead: 2, decidedStages: 'all' });
    expect(figures['N1']).toMatchObject({ pendingTasksRows: 1, slaScanRows: 0, configLookupRows: 1 });
  });

  test('while locks are held, the database vouches for its validated keys', async () => {
    const [c1] = await run('', { orphans: 'trust-validated', codes: ['C1'] });
    expect(c1).toMatchObject({ status: 'passed', figures: { keysScanned: 0, orphans: 0 } });
    expect(c1?.figures['keysProvenByDatabase']).toBeGreaterThanOrEqual(72);
  });

  test('an audit that the caller has made stands for the scan', async () => {
    const [key, ...others] = await listForeignKeys(client);
    if (key === undefined) throw new Error('no foreign key');
    const clean = await auditOrphans([client], [key, ...others]);
    const [passed] = await run('', { orphans: clean, codes: ['C1'] });
    expect(passed).toMatchObject({
      status: 'passed',
      figures: { keysScanned: others.length + 1, orphans: 0 },
    });
    const findings = [{ foreignKey: key, count: 3, sampleIds: ['a'] }];
    const [failed] = await run('', { orphans: { ...clean, findings }, codes: ['C1'] });
    expect(failed).toMatchObject({
      status: 'failed',
      figures: { orphans: 3 },
      problems: [{ table: key.table }],
    });
  });

  test('only the checks asked for run', async () => {
    expect((await run('', { codes: ['I1', 'C2'] })).map(({ code }) => code)).toEqual(['C2', 'I1']);
  });

  test('nothing that a check wrote or set remains, even when the caller commits', async () => {
    const count = `select (select count(*) from workspaces) as workspaces, (select count(*) from users) as users,
                     (select count(*) from workflow_stage_actions) as actions, current_user as role,
                     current_setting('statement_timeout') as timeout, current_setting('app.workspace_id', true) as scope`;
    const before = await client.query(count);
    await client.query('begin');
    await runValidationSuite(client);
    await client.query('commit');
    const after = await client.query(count);
    expect({ ...after.rows[0], scope: '' }).toEqual({ ...before.rows[0], scope: '' });
    expect(after.rows[0]?.scope ?? '').toBe('');
  });
});

test('a new table that keeps the rules fails nothing, whatever its ids are', async () => {
  const results = await run(`
    create table visits (
      number int primary key, workspace_id uuid not null references workspaces (id), site_id text not null,
      foreign key (site_id, workspace_id) references sites (id, workspace_id));
    create index on visits (workspace_id);
    create index on visits (site_id, workspace_id);
    alter table visits enable row level security, force row level security;
    create policy workspace_isolation on visits to apms_api
      using (workspace_id = (select nullif(current_setting('app.workspace_id', true), '')::uuid))`);
  expect(messages(results)).toBe('N2: the caller named no pending migrations');
  const c5 = results.find(({ code }) => code === 'C5');
  expect(c5?.figures).toMatchObject({ scopedTables: 24, tablesProbed: 23 });
});

describe('the caller owns the transaction', () => {
  test('without one the suite refuses to start', async () => {
    await expect(runValidationSuite(client)).rejects.toThrow(/transaction block/);
  });

  test('in an aborted one the suite refuses to start', async () => {
    await client.query('begin');
    await expect(client.query('select 1/0')).rejects.toThrow(/division by zero/);
    await expect(runValidationSuite(client)).rejects.toThrow(/aborted/);
    await client.query('rollback');
  });

  test('it is still usable after a failed suite', async () => {
    await client.query('begin');
    await client.query('drop table punchlist_items cascade');
    await runValidationSuite(client);
    expect((await client.query("select to_regclass('punchlist_items') as dropped")).rows).toEqual([
      { dropped: null },
    ]);
    await client.query('rollback');
  });
});

describe('a broken invariant fails its check, and only its check, by name', () => {
  test.each(breakages)('$what', async ({ sql, codes, problem }) => {
    const results = await run(sql(production));
    expect(messages(results)).toMatch(problem);
    expect(withStatus(results, 'failed')).toEqual(codes);
  });

  test('a query that does not finish fails N1', async () => {
    const rename = 'alter table sites rename column site_code to code';
    const [n1] = await run(rename, { codes: ['N1'] });
    expect(n1).toMatchObject({ status: 'failed', figures: { slaScanRows: 0 } });
    expect(n1?.problems[0]).toEqual({
      message: 'pendingTasks did not finish',
      detail: expect.stringContaining('site_code'),
    });
  });

  test('a check that breaks is a failed check; the others still run', async () => {
    const results = await run('revoke insert on workflow_stage_actions from apms_api');
    expect(withStatus(results, 'failed')).toEqual(['C6']);
    expect(messages(results)).toMatch(
      /C6: the check itself broke: permission denied for table workflow_stage_actions/,
    );
    expect(withStatus(results, 'passed')).toContain('I3');
  });
});

async function runOn(migrations: number): Promise<CheckResult[]> {
  const older = await createTestDatabase({ template: { migrations } });
  try {
    return await run('', {}, await older.connect());
  } finally {
    await older.drop();
  }
}

/** Gives the work a connection for the suite and one that holds a table locked. */
async function whileLocked(work: (suite: Client, other: Client) => Promise<void>): Promise<void> {
  const other = await database.connect();
  const suite = await database.connect();
  await other.query('begin; lock table punchlists in access exclusive mode');
  try {
    await work(suite, other);
  } finally {
    await other.query('rollback');
    await other.end();
  }
}

describe('while another session has locked a table', () => {
  test('a check that waits too long is a failed check; the others still run', async () => {
    await whileLocked(async (suite) => {
      const results = await run(
        "set local lock_timeout = '50ms'",
        { codes: ['C1', 'C2', 'C5'], orphans: 'scan' },
        suite,
      );
      expect(withStatus(results, 'failed')).toEqual(['C1', 'C5']);
      expect(messages(results)).toMatch(/C1: the check itself broke: .*lock timeout/);
      await suite.end();
    });
  });

  test('a lost connection fails what is left instead of crashing', async () => {
    await whileLocked(async (suite, other) => {
      suite.on('error', () => undefined);
      const { rows } = await suite.query<{ pid: number }>('select pg_backend_pid() as pid');
      await suite.query('begin');
      const running = runValidationSuite(suite, { codes: ['C2', 'C1', 'I1'], orphans: 'scan' });
      const waits = 'select from pg_locks where pid = $1 and not granted';
      await expect
        .poll(async () => (await other.query(waits, [rows[0]?.pid])).rowCount, { timeout: 30_000 })
        .toBe(1);
      await other.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      const results = await running;
      expect(withStatus(results, 'failed')).toEqual(['C1', 'C2', 'I1']);
      expect(messages(results)).toMatch(/I1: the check itself broke: /);
    });
  });
});

describe('on an older database', () => {
  test('without the master tables C1 fails and what needs them is skipped', async () => {
    const results = await runOn(1);
    expect(withStatus(results, 'failed')).toEqual(['C1']);
    expect(withStatus(results, 'passed')).toEqual(['C2']);
    expect(messages(results)).toMatch(/C1: table workflow_instances is missing/);
    expect(messages(results)).toMatch(/C6: not in this database: config_versions, /);
  });

  test('without keys and rules the checks that rely on them fail', async () => {
    const results = await runOn(2);
    expect(withStatus(results, 'failed')).toEqual(expect.arrayContaining(['C1', 'C3', 'C4', 'C5', 'C6']));
    expect(messages(results)).toMatch(/C1: 1 foreign keys on the master tables, at least 45 expected/);
  });
});

describe('N2', () => {
  test('wants every pending migration named by a runbook or an ADR', async () => {
    const docsDirectory = await mkdtemp(join(tmpdir(), 'docs-'));
    try {
      await mkdir(join(docsDirectory, 'runbooks'));
      await writeFile(join(docsDirectory, 'runbooks', 'deploy.md'), 'Applies 20260101000000_documented.');
      await writeFile(join(docsDirectory, 'runbooks', 'notes.txt'), 'Applies 20260101000001_noted.');
      const migrations = ['20260101000000_documented', '20260101000001_noted'];
      const [n2] = await run('', { codes: ['N2'], documentation: { migrations, docsDirectory } });
      expect(n2).toMatchObject({
        status: 'failed',
        figures: { pages: 1, migrations: 2, documented: 1 },
        problems: [{ message: 'no runbook or ADR names the migration 20260101000001_noted' }],
      });
      const documentation = { migrations: migrations.slice(0, 1), docsDirectory };
      expect(await run('', { codes: ['N2'], documentation })).toMatchObject([{ status: 'passed' }]);
    } finally {
      await rm(docsDirectory, { recursive: true });
    }
  });
});
