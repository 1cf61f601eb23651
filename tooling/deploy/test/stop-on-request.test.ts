import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { databasesOf, type Identity } from './support/identity.ts';
import { createScenario, type Scenario } from './support/scenario.ts';
import { SLOW_MIGRATION, slowMigration } from './support/slow-migration.ts';

const hook = (code: string) => ({ command: [process.execPath, '-e', code], timeoutMs: 30_000 });

describe.skipIf(inject('testServer').kind === 'embedded')('Ctrl-C', () => {
  let scenario: Scenario;

  afterEach(() => scenario.remove());

  /** Starts a run and sends it SIGINT once its journal holds the mark, and what else is waited for has come. */
  const interruptAt = async (mark: RegExp, isAtWork?: (scenario: Scenario) => Promise<void>) => {
    const run = scenario.project.start(['run', '--env', 'staging'], scenario.env);
    const directory = join(scenario.project.root, '.deploy/staging');
    const journal = async () => {
      const [id = ''] = (await readdir(directory).catch(() => [])).filter((name) => /^\d{8}T/.test(name));
      return readFile(join(directory, id, 'journal.jsonl'), 'utf8').catch(() => '');
    };
    while (!mark.test(await journal())) await sleep(20);
    await isAtWork?.(scenario);
    run.kill('SIGINT');
    const { exitCode, all } = await run;
    const report = await scenario.project.deploy(['history', '--env', 'staging', '--json']);
    const last: { id: string; outcome: string } = JSON.parse(report.output.trim().split('\n').at(-1) ?? '{}');
    expect(await databasesOf(scenario.database.url, last.id)).toEqual([]);
    return { exitCode, output: all, outcome: last.outcome };
  };

  const expectAsBefore = async (before: Identity) => {
    expect(await scenario.identity()).toEqual(before);
    const sessions = await scenario.query(
      "select 1 from pg_stat_activity where datname = current_database() and application_name like 'apms-deploy%'",
    );
    expect(sessions).toEqual([]);
    const again = await scenario.project.deploy(['status', '--env', 'staging'], scenario.env);
    expect(again.output).toMatch(/^running +no deployment$/m);
  };

  test.each([
    ['rehearse', '%rehearsal', 'failed'],
    ['migrate', 'apms_test%', 'rolled-back'],
  ])(
    'while a migration is at work in %s: exit 1, the target as before, nothing left',
    async (step, pattern, outcome) => {
      const { sql, untilAtWork } = slowMigration(pattern);
      scenario = await createScenario({ pending: { [SLOW_MIGRATION]: sql } });
      const before = await scenario.identity();
      const result = await interruptAt(new RegExp(`"step-started","step":"${step}"`), untilAtWork);
      expect(result).toMatchObject({ exitCode: 1, outcome });
      expect(result.output).toContain('Asked to stop: ');
      expect(result.output.split(`Stopped on request during ${step}.`)).toHaveLength(2);
      await expectAsBefore(before);
    },
  );

  test.each(['plan', 'lock', 'backup', 'rehearse', 'gate', 'migrate'])(
    'when %s has just begun: exit 1, the target as before, nothing left',
    async (step) => {
      scenario = await createScenario({ pending: { [SLOW_MIGRATION]: slowMigration('apms_test%').sql } });
      const before = await scenario.identity();
      const result = await interruptAt(new RegExp(`"step-started","step":"${step}"`));
      expect(result.exitCode).toBe(1);
      expect(result.output.match(/Stopped on request during [\w ]+\./g)).toHaveLength(1);
      await expectAsBefore(before);
    },
  );

  test('after the commit: the deployment goes on to its end', async () => {
    scenario = await createScenario({
      pending: { [SLOW_MIGRATION]: 'create table quick (id int primary key);' },
      settings: { hooks: { smoke: [hook('setTimeout(() => console.log("smoked"), 2000)')] } },
    });
    const result = await interruptAt(/"step-started","step":"smoke"/);
    expect(result).toMatchObject({ exitCode: 0, outcome: 'deployed' });
    expect(result.output).toContain('smoked');
    expect(await scenario.query("select to_regclass('quick')::text as name")).toEqual([{ name: 'quick' }]);
  });
});
