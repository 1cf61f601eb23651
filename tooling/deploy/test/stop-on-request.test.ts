import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { databasesOf } from './support/identity.ts';
import { createScenario, type Scenario } from './support/scenario.ts';

const NAME = '20270101000000_slow';
/** Slow where the database's name is like the pattern, so that one step can be caught in it. */
const slowOn = (pattern: string) => `
  create table slow (id int primary key);
  do $$ begin if current_database() like '${pattern}' then perform pg_sleep(60); end if; end $$;`;
const hook = (code: string) => ({ command: [process.execPath, '-e', code], timeoutMs: 30_000 });

describe.skipIf(inject('testServer').kind === 'embedded')('Ctrl-C', () => {
  let scenario: Scenario;

  afterEach(() => scenario.remove());

  /** Starts a run and sends it SIGINT once its journal holds the mark. */
  const interruptAt = async (mark: RegExp) => {
    const run = scenario.project.start(['run', '--env', 'staging'], scenario.env);
    const directory = join(scenario.project.root, '.deploy/staging');
    const journal = async () => {
      const [id = ''] = (await readdir(directory).catch(() => [])).filter((name) => /^\d{8}T/.test(name));
      return readFile(join(directory, id, 'journal.jsonl'), 'utf8').catch(() => '');
    };
    while (!mark.test(await journal())) await sleep(20);
    // The mark is of the step's beginning; give it a moment to be at work, wherever in the step that is.
    await sleep(300);
    run.kill('SIGINT');
    const { exitCode, all } = await run;
    const report = await scenario.project.deploy(['history', '--env', 'staging', '--json']);
    const last: { id: string; outcome: string } = JSON.parse(report.output.trim().split('\n').at(-1) ?? '{}');
    expect(await databasesOf(scenario.database.url, last.id)).toEqual([]);
    return { exitCode, output: all, outcome: last.outcome };
  };

  test.each([
    ['the backup', 'none', /"step-started","step":"backup"/, 'failed'],
    ['the rehearsal', '%rehearsal', /"step-finished","step":"backup"/, 'failed'],
    ['the migration', 'apms_test%', /"intent","action":"apply-unit"/, 'rolled-back'],
  ])('during %s: exit 1, the target as before, nothing left', async (_, pattern, mark, outcome) => {
    scenario = await createScenario({ pending: { [NAME]: slowOn(pattern) } });
    const before = await scenario.identity();
    const result = await interruptAt(mark);
    expect(result).toMatchObject({ exitCode: 1, outcome });
    expect(result.output).toContain('Asked to stop: ');
    expect(result.output.match(/Stopped on request during [\w ]+\./g)).toHaveLength(1);
    expect(await scenario.identity()).toEqual(before);
    const sessions = await scenario.query(
      "select 1 from pg_stat_activity where datname = current_database() and application_name like 'apms-deploy%'",
    );
    expect(sessions).toEqual([]);
    const again = await scenario.project.deploy(['status', '--env', 'staging'], scenario.env);
    expect(again.output).toMatch(/^running +no deployment$/m);
  });

  test('after the commit: the deployment goes on to its end', async () => {
    scenario = await createScenario({
      pending: { [NAME]: 'create table quick (id int primary key);' },
      settings: { hooks: { smoke: [hook('setTimeout(() => console.log("smoked"), 2000)')] } },
    });
    const result = await interruptAt(/"step-started","step":"smoke"/);
    expect(result).toMatchObject({ exitCode: 0, outcome: 'deployed' });
    expect(result.output).toContain('smoked');
    expect(await scenario.query("select to_regclass('quick')::text as name")).toEqual([{ name: 'quick' }]);
  });
});
