import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { createScenario, type Scenario } from './support/scenario.ts';
import { hasPty } from './support/terminal.ts';

const NAME = '20270101000000_slow';

describe.skipIf(inject('testServer').kind === 'embedded' || !hasPty)('a terminal', () => {
  let scenario: Scenario;

  beforeEach(async () => {
    scenario = await createScenario({
      pending: { [NAME]: 'select pg_sleep(1.5);\ncreate table quick (id int primary key);' },
    });
  });
  afterEach(() => scenario.remove());

  const open = (more: Record<string, string>, size = {}) =>
    scenario.project.open(['run', '--env', 'staging', '--yes'], { ...scenario.env, ...more }, size);

  test('of 40 columns that is made wider and narrower shows each line once, and no rest of any', async () => {
    const terminal = open({ LANG: 'C.UTF-8' }, { columns: 40, rows: 30 });
    await terminal.shows(/rehearse.*\n +applying +0 % +0 of 2 statements/);
    terminal.resize(100, 30);
    await terminal.shows(/migrate.*\n +applying/);
    terminal.resize(70, 30);
    expect(await terminal.ended).toBe(0);
    const lines = (await terminal.screen()).split('\n');
    const steps = lines.filter((line) => line.startsWith('  ✓')).map((line) => line.slice(4, 12).trim());
    expect(steps).toEqual([
      'plan',
      'lock',
      'backup',
      'rehearse',
      'gate',
      'migrate',
      'verify',
      'smoke',
      'finish',
    ]);
    expect(lines.filter((line) => /applying|[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/.test(line))).toEqual([]);
  });

  test('without UTF-8 and with NO_COLOR shows ASCII without colours', async () => {
    const terminal = open({ LC_ALL: 'C', NO_COLOR: '1' });
    expect(await terminal.ended).toBe(0);
    expect(await terminal.screen()).toMatch(/^ {2}\+ migrate {2}committed/m);
    for (const style of ['[1m', '[2m', '[31m', '[32m', '[36m'])
      expect(terminal.written).not.toContain(`\u001B${style}`);
  });

  test('that is dumb gets plain lines', async () => {
    const terminal = open({ TERM: 'dumb' });
    expect(await terminal.ended).toBe(0);
    expect(await terminal.screen()).toMatch(/^ {2}✓ migrate {2}committed \(/m);
    expect(terminal.written).not.toContain('\u001B');
  });

  test('--quiet: the verdict and where to read more, nothing else', async () => {
    const { exitCode, output } = await scenario.run('--quiet');
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^deployed: 1 migration on staging in .*\.\nReport: .*report\.md$/);
  });

  test('--quiet: a failure and why', async () => {
    await scenario.project.writeMigration('20270102000000_bad', 'create table quick (id int);');
    const { exitCode, output } = await scenario.run('--quiet');
    expect(exitCode).toBe(3);
    expect(output).toMatch(/^NO-GO: staging was not touched\.\n {2}- [^]*quick[^]*report\.md$/);
  });

  test('--json tells of progress in figures', async () => {
    const { output } = await scenario.run('--json');
    const events: { type: string }[] = output.split('\n').map((line) => JSON.parse(line));
    const progress = events.filter(({ type }) => type === 'step-progress');
    expect(progress).toContainEqual(
      expect.objectContaining({ step: 'migrate', label: 'applying', unit: 'statements', done: 0, total: 2 }),
    );
    expect(progress).toContainEqual(
      expect.objectContaining({ step: 'backup', label: 'dumping', unit: 'bytes' }),
    );
    expect(progress).toContainEqual(
      expect.objectContaining({ step: 'rehearse', label: 'restoring', unit: 'items' }),
    );
    expect(progress).toContainEqual(
      expect.objectContaining({ step: 'verify', label: 'looking for orphans', unit: 'keys' }),
    );
  });

  test('who blocks a migration is shown while it waits', async () => {
    await scenario.project.writeMigration(
      '20270102000000_locking',
      'alter table sites add column looked_at timestamptz;',
    );
    const blocking = await scenario.database.connect();
    await blocking.query("set application_name = 'nightly report'");
    await blocking.query('begin; select from sites');
    const terminal = open({ LANG: 'C.UTF-8' }, { columns: 120, rows: 30 });
    await terminal.shows(
      /migrate[^]*waits for pid \d+ \(nightly report, idle in transaction\): alter table sites/,
    );
    await blocking.end();
    expect(await terminal.ended).toBe(0);
  });
});
