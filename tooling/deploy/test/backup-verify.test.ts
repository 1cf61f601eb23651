import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const DAY_MS = 86_400_000;

describe.skipIf(inject('testServer').kind === 'embedded')('backup verify', () => {
  let scenario: Scenario;
  let ids: string[];

  const deploy = (...args: string[]) =>
    scenario.project.deploy(['backup', ...args, '--env', 'staging'], scenario.env);
  const backup = (id: string | undefined, file: string) =>
    join(scenario.project.root, '.deploy', 'staging', id ?? '', 'backup', file);
  const verified = async () => {
    const { output, exitCode } = await deploy('list', '--json');
    expect(exitCode).toBe(0);
    return output
      .trim()
      .split('\n')
      .map((line) => /"verifiedAt":"([^"]+)"/.exec(line)?.[1]);
  };

  beforeEach(async () => {
    scenario = await createScenario({ data: SITES });
    ids = [];
    for (const _ of [1, 2, 3]) {
      await deploy('create');
      const all = await readdir(join(scenario.project.root, '.deploy', 'staging'));
      ids = all.filter((name) => /^\d{8}T/.test(name)).toSorted();
    }
  });

  afterEach(() => scenario.remove());

  test('takes those that are due, one line each, and notes when', async () => {
    const old = new Date(Date.now() - 8 * DAY_MS).toISOString();
    const fresh = new Date(Date.now() - DAY_MS).toISOString();
    await writeFile(backup(ids[0], 'verified.json'), JSON.stringify({ at: old }));
    await writeFile(backup(ids[1], 'verified.json'), JSON.stringify({ at: fresh }));
    const due = await deploy('verify', '--older-than', '7d', '--json');
    expect(due.exitCode).toBe(0);
    const lines = due.output
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toMatchObject([
      { type: 'backup-verified', id: ids[0] },
      { type: 'backup-verified', id: ids[2] },
    ]);
    const [first, second, third] = await verified();
    expect(second).toBe(fresh);
    expect([first, third].every((at) => at !== undefined && at > fresh)).toBe(true);
    expect((await deploy('verify', '--older-than', '7d')).output).toBe('no backup of staging is due');
  });

  test('of many goes on after one that is damaged, and then fails', async () => {
    await rm(backup(ids[1], 'database.dump.zst'));
    const all = await deploy('verify', '--all', '--json');
    expect(all.exitCode).toBe(1);
    const lines = all.output
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toMatchObject([
      { type: 'backup-verified', id: ids[0] },
      {
        type: 'backup-failed',
        id: ids[1],
        code: 'BACKUP_DAMAGED',
        message: expect.stringContaining('is missing.'),
      },
      { type: 'backup-verified', id: ids[2] },
    ]);
    expect((await verified()).map((at) => at !== undefined)).toEqual([true, false, true]);
    expect(await readFile(backup(ids[2], 'verified.json'), 'utf8')).toContain('at');
  });

  test('refuses what cannot be had together', async () => {
    const both = await deploy('verify', ids[0] ?? '', '--all');
    expect(both).toMatchObject({ exitCode: 2, output: expect.stringContaining('cannot be had together') });
    const never = await deploy('verify', '--older-than', 'a week');
    expect(never).toMatchObject({ exitCode: 2, output: expect.stringContaining('Write it as 7d.') });
  });
});
