import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createScenario, type Scenario } from './support/scenario.ts';

describe.skipIf(inject('testServer').kind === 'embedded')('client tools', () => {
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await createScenario({ template: 'empty' });
  });

  afterAll(() => scenario.remove());

  /** A directory with programs that say that they are of that version, or fail where there is none. */
  const fakeTools = async (name: string, version: string | undefined) => {
    const directory = join(scenario.project.root, name);
    await mkdir(directory);
    if (version === undefined) return directory;
    for (const tool of ['pg_dump', 'pg_restore']) {
      await writeFile(join(directory, tool), `#!/bin/sh\necho "${tool} (PostgreSQL) ${version}"\n`);
      await chmod(join(directory, tool), 0o755);
    }
    return directory;
  };

  test.each([
    ['none at all', 'none', undefined, /found: none\./],
    ['too old ones', 'old', '12.22', /found: .*old\/pg_dump \(12\)\./],
    ['ones that say nonsense', 'nonsense', 'none', /found: none\./],
  ])('%s: exit 2, saying what is needed and where it looked', async (_, name, version, found) => {
    const directory = await fakeTools(name, version);
    const before = await scenario.identity();
    const env = { ...scenario.env, PG_BIN_DIR: directory };
    const result = await scenario.project.deploy(['run', '--env', 'staging'], env);
    expect(result).toMatchObject({
      exitCode: 2,
      report: { outcome: 'failed', failure: { code: 'TOOL_MISSING' }, backup: null },
    });
    expect(result.output).toMatch(found);
    expect(result.output).toContain(`PG_BIN_DIR or clientTools names only ${directory}`);
    expect(await scenario.identity()).toEqual(before);

    const backup = await scenario.project.deploy(['backup', 'create', '--env', 'staging'], env);
    expect(backup.exitCode).toBe(2);
    expect(backup.output).toMatch(/needs a pg_dump at least as new/);
  });
});
