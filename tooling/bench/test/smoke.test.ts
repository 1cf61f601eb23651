import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '@apms/db/testing';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

const CLI = join(import.meta.dirname, '../src/cli.ts');

describe.skipIf(inject('testServer').binDir === undefined)('bench', () => {
  let temporary: string;

  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'apms-bench-test-'));
    // The server runs as another user when we are root.
    await chmod(temporary, 0o711);
  });

  afterAll(() => rm(temporary, { recursive: true, force: true }));

  const bench = (args: string[], env: Record<string, string> = {}) =>
    execa(process.execPath, [CLI, ...args], { env: { TMPDIR: temporary, ...env }, reject: false });

  test('deploy prints every line, and nothing of it remains', async () => {
    const { stdout, stderr, exitCode } = await bench(['deploy', '--sizes', '5', '--runs', '1']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    for (const measure of [
      'whole deployment',
      'tables locked, by the report',
      "tables locked, a client's longest wait",
      'backup, time',
      'backup, size',
      'nothing to do',
      'rollback inside the transaction',
      'swap back, target locked',
      "swap back, a client's longest wait",
      'plan with 1,000 applied migrations',
      'peak memory',
    ]) {
      expect(stdout).toMatch(new RegExp(`^${measure}.* \\d[\\d.]* (ms|s|MB)\\b`, 'm'));
    }
    expect(await readdir(temporary)).toEqual([]);
  });

  test('verify tells its lines as JSON', async () => {
    const { stdout, stderr, exitCode } = await bench(['verify', '--size', '5', '--runs', '1', '--json']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const [section] = JSON.parse(stdout).sections;
    expect(section.lines).toMatchObject([
      { measure: 'catalog part of the suite', ratio: expect.any(Number), met: expect.any(Boolean) },
      { measure: expect.stringMatching(/^orphan audit of \d+ keys$/), goal: { ratio: 0.85 } },
    ]);
  });

  test('api tells its lines as JSON', async () => {
    const quick = ['--quick', '--stages', '2000', '--requests', '40', '--seconds', '1', '--runs', '1'];
    const { stdout, stderr, exitCode } = await bench(['api', ...quick, '--json']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const [procedures, imports, load, adapter] = JSON.parse(stdout).sections;
    expect(procedures.lines).toHaveLength(15);
    expect(procedures.lines[0]).toMatchObject({ unit: 'requests/s', goal: { atLeast: 0.6 } });
    expect(imports.lines).toMatchObject([{ goal: { ratio: 1.5 } }, { unit: 'ms' }]);
    expect(load.lines.at(-1)).toMatchObject({ measure: 'unexpected errors', ours: 0, met: true });
    expect(adapter.lines).toHaveLength(2);
    expect(await readdir(temporary)).toEqual([]);
  });

  test.skipIf(findBrowser() === undefined)('console tells its lines as JSON', async () => {
    const { stdout, stderr, exitCode } = await bench(['console', '--rows', '300', '--runs', '1', '--json']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const [section] = JSON.parse(stdout).sections;
    expect(section.lines).toMatchObject([
      { measure: 'first load, compressed script', unit: 'bytes', goal: { limit: 200_000 } },
      { measure: 'first load, until the first row is seen', goal: { limit: 1_000 } },
      { measure: 'from the list to a stage, what the list knows', goal: { limit: 100 } },
      { measure: 'from the list to a stage, all of it', goal: { limit: 100 } },
      { unit: 'frames' },
      { measure: 'scrolling, the longest frame' },
    ]);
    expect(await readdir(temporary)).toEqual([]);
  });

  test('compare tells what it saw, and writes it into a document', async () => {
    const document = join(temporary, 'comparison.md');
    const around = (block: string) =>
      `Before.\n<!-- written by pnpm bench compare -->${block}<!-- to here -->\nAfter.\n`;
    await writeFile(document, around(''));
    const chosen = ['--tools', 'deploy,prisma', '--scenarios', 'row-loss', '--markdown', document];
    const { stdout, stderr, exitCode } = await bench(['compare', ...chosen, '--json']);
    const written = await readFile(document, 'utf8');
    await rm(document);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const [ours, theirs] = JSON.parse(stdout).columns;
    expect(ours).toMatchObject({ cells: [{ verdict: 'stopped', runs: [{ exitCode: 3 }] }] });
    expect(theirs).toMatchObject({ cells: [{ verdict: 'rows-gone', runs: [{ exitCode: 0 }] }] });
    const row = `| \`DELETE\` without \`WHERE\` in a migration | ${ours.cells[0].fact} | ${theirs.cells[0].fact} |`;
    expect(written).toContain(row);
    expect(written.replaceAll(/-->[^]*<!--/g, '--><!--')).toBe(around(''));
    expect(await readdir(temporary)).toEqual([]);
  }, 240_000);

  test('compare knows its tools and scenarios, and wants a place for its table', async () => {
    const document = join(temporary, 'no-marks.md');
    await writeFile(document, 'text');
    for (const [args, problem] of [
      [['--tools', 'rails'], 'There is no tool "rails" here: deploy, prisma'],
      [['--scenarios', 'rain'], 'There is no scenario "rain": failing-set'],
      [['--markdown', document], `${document} needs the lines`],
    ] as const) {
      expect(await bench(['compare', ...args])).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining(problem),
      });
    }
    await rm(document);
  });

  test('leaves nothing behind when it is interrupted', async () => {
    const running = bench(['verify', '--size', '200']);
    running.stderr.on('data', (text) => {
      if (String(text).includes('filling a database')) running.kill('SIGINT');
    });
    expect(await running).toMatchObject({ exitCode: 130 });
    expect(await readdir(temporary)).toEqual([]);
  });

  test('says what is missing and how to get it', async () => {
    const { stderr, exitCode } = await bench(['verify'], { PG_BIN_DIR: temporary });
    expect({ stderr, exitCode }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('PG_BIN_DIR'),
    });
  });
});
