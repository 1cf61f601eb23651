import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { readJournal } from '../src/journal.ts';
import { databasesOf } from './support/identity.ts';
import { createScenario, type Scenario } from './support/scenario.ts';
import { SLOW_MIGRATION, slowMigration } from './support/slow-migration.ts';
import { CTRL_C, hasPty, type Terminal } from './support/terminal.ts';

/** Enough for a backup that takes a moment. */
const LARGE = '20261231000000_large';
const ROWS = `create table large (id int primary key, content text);
  insert into large select id, repeat(md5(id::text), 20) from generate_series(1, 100000) id;`;
const [SHOW_CURSOR, HIDE_CURSOR] = ['\u001B[?25h', '\u001B[?25l'];
const hook = (code: string) => ({ command: [process.execPath, '-e', code], timeoutMs: 30_000 });

describe.skipIf(inject('testServer').kind === 'embedded' || !hasPty)('in a terminal', () => {
  let scenario: Scenario;
  let terminal: Terminal;

  afterEach(() => scenario.remove());

  const open = (...args: string[]) => {
    terminal = scenario.project.open(['run', '--env', 'staging', ...args], scenario.env);
  };
  const journal = async () => {
    const directory = join(scenario.project.root, '.deploy/staging');
    const [id = ''] = (await readdir(directory)).filter((name) => /^\d{8}T/.test(name));
    return { id, entries: readJournal(join(directory, id, 'journal.jsonl')) };
  };
  const expectNothingLeft = async () => {
    const { id, entries } = await journal();
    expect(await databasesOf(scenario.database.url, id)).toEqual([]);
    expect(entries.at(-1)?.type).toBe('run-finished');
  };

  test.each([
    ['backup', 'none', 'The backup is given up and marked unusable', 'failed'],
    ['rehearse', '%rehearsal', 'The copy is dropped', 'failed'],
    ['migrate', 'apms_test%', 'The migrations are rolled back', 'rolled-back'],
  ])('Ctrl-C in %s says at once what happens, and it happens', async (step, pattern, saying, outcome) => {
    const { sql, untilAtWork } = slowMigration(pattern);
    scenario = await createScenario({ applied: { [LARGE]: ROWS }, pending: { [SLOW_MIGRATION]: sql } });
    const before = await scenario.identity();
    open('--yes');
    await terminal.shows(new RegExp(`^ {2}\\S ${step} `, 'm'));
    if (step !== 'backup') await untilAtWork(scenario);
    // A runner of scripts passes it on, so that it arrives twice.
    terminal.type(CTRL_C + CTRL_C);
    await terminal.shows(`Asked to stop: ${saying}`);
    expect(await terminal.ended).toBe(1);
    expect(await terminal.screen()).toContain(outcome);
    expect(await scenario.identity()).toEqual(before);
    await expectNothingLeft();
  });

  test('Ctrl-C at the question is a no', async () => {
    scenario = await createScenario({
      pending: { [SLOW_MIGRATION]: 'create table quick (id int primary key);' },
    });
    open();
    await terminal.shows(`Apply ${SLOW_MIGRATION} to staging?`);
    terminal.type(CTRL_C);
    expect(await terminal.ended).toBe(1);
    expect(await terminal.screen()).toContain('Stopped on request during plan.');
    expect(await scenario.query("select to_regclass('quick') as name")).toEqual([{ name: null }]);
    await expectNothingLeft();
  });

  test('Ctrl-C after the commit: it is proven all the same', async () => {
    scenario = await createScenario({
      pending: { [SLOW_MIGRATION]: 'create table quick (id int primary key);' },
      settings: { hooks: { smoke: [hook('setTimeout(() => console.log("smoked"), 2000)')] } },
    });
    open('--yes');
    await terminal.shows(/^ {2}\S smoke /m);
    terminal.type(CTRL_C);
    await terminal.shows('Asked to stop: The migrations are committed, so it goes on');
    const exitCode = await terminal.ended;
    expect(await terminal.screen()).toMatch(/smoked[^]*^deployed: /m);
    expect(exitCode).toBe(0);
    await expectNothingLeft();
  });

  test('Ctrl-C during the swap back: it is finished all the same', async () => {
    scenario = await createScenario({
      pending: { [SLOW_MIGRATION]: 'create table quick (id int primary key);' },
      settings: { hooks: { smoke: [hook('process.exit(1)')] } },
    });
    const before = await scenario.identity();
    open('--yes');
    await terminal.shows(/^ {2}\S rollback /m);
    terminal.type(CTRL_C);
    await terminal.shows('Asked to stop: A swap back is never stopped halfway');
    expect(await terminal.ended).toBe(1);
    expect(await terminal.screen()).toContain('rolled-back: staging is as it was before');
    expect(await scenario.identity()).toEqual(before);
  });

  test('Ctrl-C a second time ends at once, names the way on, and leaves the terminal in order', async () => {
    scenario = await createScenario({
      pending: { [SLOW_MIGRATION]: 'create table quick (id int primary key);' },
      settings: { hooks: { smoke: [hook('setTimeout(() => undefined, 20_000)')] } },
    });
    open('--yes');
    await terminal.shows(/^ {2}\S smoke /m);
    terminal.type(CTRL_C);
    await terminal.shows('Asked to stop: ');
    await sleep(1_500);
    terminal.type(CTRL_C);
    expect(await terminal.ended).toBe(130);
    expect(await terminal.screen()).toMatch(
      /Ended at once \(exit 130\)[^]*pnpm deploy:recover --env staging$/,
    );
    expect(terminal.written.lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(
      terminal.written.lastIndexOf(HIDE_CURSOR),
    );
    const { entries } = await journal();
    expect(entries.at(-1)).toMatchObject({ type: 'note', message: expect.stringContaining('Asked to stop') });
  });

  test('closing the terminal asks to stop; the journal is written to its end', async () => {
    const { sql, untilAtWork } = slowMigration('apms_test%');
    scenario = await createScenario({ pending: { [SLOW_MIGRATION]: sql } });
    const before = await scenario.identity();
    open('--yes');
    await terminal.shows(/^ {2}\S migrate /m);
    await untilAtWork(scenario);
    terminal.hangUp();
    expect(await terminal.ended).toBe(1);
    expect(await scenario.identity()).toEqual(before);
    await expectNothingLeft();
    const { id, entries } = await journal();
    expect(entries).toContainEqual(
      expect.objectContaining({ type: 'note', message: expect.stringContaining('Asked to stop') }),
    );
    const report = await readFile(join(scenario.project.root, '.deploy/staging', id, 'report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject({ outcome: 'rolled-back', failure: { code: 'CANCELLED' } });
  });
});
