import { execa } from 'execa';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { databasesOf } from './support/identity.ts';
import { PAUSE, startPaused } from './support/paused-deployment.ts';
import { createScenario, type Scenario, type ScenarioOptions, SITES } from './support/scenario.ts';

const NAME = '20270101000000_note';
const NOTE = { [NAME]: 'alter table sites add column note text;' };
/** Its label is used at once, so that the one transaction is committed, without inverse, before the other. */
const IRREVERSIBLE = {
  [NAME]: `create type mood as enum ('sad'); create table before_label (id int);`,
  '20270101000001_label': `alter type mood add value 'glad'; alter table before_label add column mood mood default 'glad';`,
};

describe.skipIf(inject('testServer').kind === 'embedded')('deploy recover', () => {
  let scenario: Scenario;

  afterEach(async () => {
    for (const name of await keptDatabases()) await scenario.query(`drop database "${name}" with (force)`);
    await scenario.remove();
  });

  async function keptDatabases(): Promise<string[]> {
    const report = await scenario.project.deploy(['status', '--env', 'staging', '--json'], scenario.env);
    const status: { keptDatabases?: string[] } = JSON.parse(report.output.trim().split('\n').at(-1) ?? '{}');
    const own = scenario.database.name.slice(0, 20);
    return (status.keptDatabases ?? []).filter((name) => name.startsWith(own));
  }

  const recover = (...args: string[]) =>
    scenario.project.deploy(['recover', '--env', 'staging', ...args], scenario.env);

  /** A deployment that is killed where its hook has it wait. */
  async function kill(options: ScenarioOptions) {
    scenario = await createScenario({ data: SITES, ...options });
    const { running } = await startPaused(scenario);
    running.kill('SIGKILL');
    await running;
  }

  /** A deployment whose smoke command kills it. */
  async function killAfterCommit(
    options: ScenarioOptions,
    {
      after = [],
      ...settings
    }: Omit<NonNullable<ScenarioOptions['settings']>, 'hooks'> & {
      after?: { command: string[] }[];
    } = {},
  ) {
    const code = 'process.kill(process.ppid, "SIGKILL")';
    const smoke = [
      { command: [process.execPath, '--input-type=commonjs', '-e', `${code}; process.exit(1)`] },
    ];
    scenario = await createScenario({
      data: SITES,
      settings: { ...settings, hooks: { smoke, after } },
      ...options,
    });
    const before = await scenario.identity();
    await scenario.run();
    return before;
  }

  /** From now on the smoke command only fails. */
  const spareTheTool = () =>
    execa('sed', ['-i', 's/process.kill([^;]*;//', 'deploy.config.ts'], { cwd: scenario.project.root });

  test('has nothing to do where nothing was killed', async () => {
    scenario = await createScenario({ data: SITES, pending: NOTE });
    await scenario.run();
    const before = await scenario.identity();
    expect(await recover()).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('nothing to recover: staging'),
    });
    expect(await scenario.identity()).toEqual(before);
  });

  test('lets the clients write again and runs the hooks that end a maintenance', async () => {
    const after = [{ command: ['sh', '-c', 'echo "$DEPLOY_PHASE of $DEPLOY_ID" > ended'] }];
    await killAfterCommit({ pending: NOTE }, { writes: 'block', after });
    const readOnly = () => scenario.query('show default_transaction_read_only');
    expect(await readOnly()).toEqual([{ default_transaction_read_only: 'on' }]);
    await spareTheTool();
    const { exitCode, report } = await recover('--keep', 'the smoke command is wrong');
    expect({ exitCode, report }).toMatchObject({
      exitCode: 0,
      report: { outcome: 'deployed', recovered: { during: 'smoke', by: expect.stringContaining('@') } },
    });
    expect(await readOnly()).toEqual([{ default_transaction_read_only: 'off' }]);
    const { stdout } = await execa('cat', ['ended'], { cwd: scenario.project.root });
    expect(stdout).toBe(`after of ${report?.id}`);
  });

  test('says of a target that it was not touched', async () => {
    await kill({ pending: NOTE, settings: PAUSE });
    const before = await scenario.identity();
    await execa('touch', ['go-on'], { cwd: scenario.project.root });
    const { exitCode, output, report } = await recover();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 0,
      report: { outcome: 'failed', failure: { code: 'INTERRUPTED' }, rollback: null },
    });
    expect(output).toMatch(
      /deploy \S+, whose process ended, is brought to its end: staging was not touched\./,
    );
    expect(await scenario.identity()).toEqual(before);
  });

  test('is what the next deployment begins with', async () => {
    await kill({ pending: NOTE, settings: PAUSE });
    await execa('touch', ['go-on'], { cwd: scenario.project.root });
    const next = await scenario.run();
    expect(next).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
    expect(next.output).toMatch(/is brought to its end: staging was not touched\./);
    expect((await recover()).output).toContain('nothing to recover');
  });

  test('says which session holds the target, and leaves a deployment alone that is at work', async () => {
    scenario = await createScenario({ data: SITES, pending: NOTE, settings: PAUSE });
    const { running, goOn } = await startPaused(scenario);
    expect(await recover()).toMatchObject({
      exitCode: 5,
      output: expect.stringContaining(`(pid ${running.pid})`),
    });
    await goOn();
    expect(await running).toMatchObject({ exitCode: 0 });
  });

  test('finishes what was committed when its verification says yes', async () => {
    await killAfterCommit({ pending: NOTE });
    // The command that killed it has gone; what is there now says yes.
    const config = 'deploy.config.ts';
    await execa('sed', ['-i', 's/process.exit(1)/process.exit(0)/; s/process.kill([^;]*;//', config], {
      cwd: scenario.project.root,
    });
    const { exitCode, report } = await recover();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 0,
      report: {
        outcome: 'deployed',
        failure: null,
        recovered: { during: 'smoke' },
        migrations: [{ name: NAME }],
      },
    });
    expect(await scenario.query('select note from sites limit 1')).toEqual([{ note: null }]);
  });

  test('does not swap back unasked: the next deployment says what to do, and both ways out work', async () => {
    const before = await killAfterCommit({ pending: NOTE });
    await spareTheTool();
    const next = await scenario.run();
    expect(next).toMatchObject({
      exitCode: 6,
      report: { outcome: 'rollback-failed', failure: { code: 'RECOVERY_NEEDED' } },
    });
    expect(next.output).toContain('pnpm deploy:recover --env staging --yes');
    expect(next.output).toContain('pnpm deploy:recover --env staging --keep');
    expect((await recover()).exitCode).toBe(6);
    expect(await scenario.query('select note from sites limit 1')).toEqual([{ note: null }]);

    expect(await recover('--yes')).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('staging is as it was before; the replaced database is kept as'),
    });
    expect(await scenario.identity()).toEqual(before);
    expect((await recover('--yes')).output).toContain('nothing to recover');
  });

  test('keeps what is migrated for a reason, which is recorded', async () => {
    await killAfterCommit({ pending: NOTE });
    await spareTheTool();
    expect((await recover('--keep', ' ')).exitCode).toBe(2);
    const { exitCode, report } = await recover('--keep', 'the smoke test was wrong');
    expect({ exitCode, report }).toMatchObject({
      exitCode: 0,
      report: { outcome: 'deployed', warnings: [expect.stringContaining('the smoke test was wrong')] },
    });
    expect((await recover()).output).toContain('nothing to recover');
  });

  test('swaps back what stands between two schemas, and keeps it for no reason', async () => {
    scenario = await createScenario({ data: SITES, pending: IRREVERSIBLE });
    const before = await scenario.identity();
    const killing = `--import=${new URL('./support/faults/kill-at-completed.ts', import.meta.url).href}`;
    const killed = await scenario.project.deploy(['run', '--env', 'staging'], {
      ...scenario.env,
      NODE_OPTIONS: killing,
    });
    expect(killed.exitCode).toBe(-1);
    expect(await scenario.query("select to_regclass('before_label')::text as name")).toEqual([
      { name: 'before_label' },
    ]);
    expect((await recover('--keep', 'I like it')).exitCode).toBe(6);
    expect(await recover('--yes')).toMatchObject({
      exitCode: 0,
      report: { outcome: 'rolled-back', rollback: { way: 'swap-back', leftBehind: [] } },
    });
    expect(await scenario.identity()).toEqual(before);
  });

  test('removes a copy that is nobody’s, and none that somebody uses', async () => {
    scenario = await createScenario({ data: SITES });
    const [gone, used] = ['20260101T000000Z-abcdef', '20260101T000000Z-fedcba'];
    const name = (id: string) => `apms_scratch_${id.toLowerCase().replace('-', '_')}_verify`;
    for (const id of [gone, used]) await scenario.query(`create database ${name(id)}`);
    const user = await scenario.database.connect();
    await user.query(`set application_name = 'apms-deploy ${used}'`);
    const { exitCode, output } = await recover();
    expect({
      exitCode,
      left: [
        ...(await databasesOf(scenario.database.url, gone)),
        ...(await databasesOf(scenario.database.url, used)),
      ],
    }).toEqual({
      exitCode: 0,
      left: [name(used)],
    });
    expect(output).toContain(`The copy ${name(gone)} was nobody's and is removed.`);
    await user.end();
    await scenario.query(`drop database ${name(used)}`);
  });
});
