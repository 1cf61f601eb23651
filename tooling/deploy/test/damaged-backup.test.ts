import { readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { databasesOf } from './support/identity.ts';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const PENDING = { '20270101000000_extra': 'create table extra (id int primary key);' };

describe.skipIf(inject('testServer').kind === 'embedded')('a damaged backup', () => {
  let scenario: Scenario;
  let id: string;
  let dump: string;

  beforeAll(async () => {
    scenario = await createScenario({ data: SITES, pending: PENDING });
    const { report } = await scenario.run();
    id = report?.backup?.id ?? '';
    const directory = report?.backup?.location ?? '';
    const file = (await readdir(directory)).find((name) => name.startsWith('database.'));
    dump = join(directory, file ?? '');
  });

  afterAll(() => scenario.remove());

  const refusedBy = async (args: string[]) => {
    const before = await scenario.identity();
    const databases = () =>
      scenario.query("select oid, datname from pg_database where datname in (current_database(), 'refused')");
    const present = await databases();
    const result = await scenario.project.deploy([...args, '--env', 'staging'], scenario.env);
    expect(await scenario.identity()).toEqual(before);
    expect(await databases()).toEqual(present);
    expect(await databasesOf(scenario.database.url, result.report?.id ?? '')).toEqual([]);
    return result;
  };
  const commands: [string, string[], number][] = [
    ['backup verify', ['backup', 'verify'], 1],
    ['backup restore', ['backup', 'restore', '--as', 'refused'], 1],
    ['rollback', ['rollback', '--yes'], 6],
  ];

  test.each(commands)(
    'that is too short is refused by %s before anything is created or dropped',
    async (_, args, exitCode) => {
      await truncate(dump, 100);
      const result = await refusedBy(args);
      expect(result.exitCode).toBe(exitCode);
      expect(result.output).toMatch(
        new RegExp(
          `The backup ${id} is damaged and was not used; nothing was dropped or changed:\\s+- database\\.dump\\.zst has 100 bytes instead of \\d+\\.`,
        ),
      );
    },
  );

  test('that misses its file is refused', async () => {
    await rm(dump);
    const result = await refusedBy(['backup', 'verify', id]);
    expect(result).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('database.dump.zst is missing.'),
    });
  });

  test('whose manifest is cut off is not listed as usable', async () => {
    await writeFile(join(dump, '../manifest.json'), '{ "format": 1, "id": ');
    const listed = await scenario.project.deploy(['backup', 'list', '--env', 'staging'], scenario.env);
    expect(listed).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(`${id}  unusable: Its manifest cannot`),
    });
    const result = await refusedBy(['rollback', '--yes']);
    expect(result.exitCode).toBe(1);
    expect(result.output).toMatch(/is damaged and was not used.*\n.*Its manifest cannot be read/);
  });
});
