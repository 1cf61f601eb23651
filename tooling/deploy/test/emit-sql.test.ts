import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabase, findServerBinDir, type TestDatabase } from '@apms/db/testing';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createDeployingRole, type DeployingRole, DOCUMENTED } from './support/deploying-role.ts';
import { createProject, type Project } from './support/project.ts';

const binDir = findServerBinDir();

describe('deploy verify --emit-sql', () => {
  let migrated: TestDatabase;
  let project: Project;

  beforeAll(async () => {
    migrated = await createTestDatabase({ template: 'migrated' });
    project = await createProject();
  });

  afterAll(async () => {
    await project.remove();
    await migrated.drop();
  });

  const emit = (directory: string, url = migrated.url) =>
    project.deploy(['verify', '--env', 'staging', '--emit-sql', directory], { STAGING_DATABASE_URL: url });
  const read = async (directory: string) => {
    const names = await readdir(join(project.root, directory), { recursive: true });
    const files = names.filter((name) => /\.\w+$/.test(name)).toSorted();
    return Promise.all(
      files.map(async (name) => [name, await readFile(join(project.root, directory, name), 'utf8')]),
    );
  };

  test('writes the same scripts each time, saying whose they are and for which level', async () => {
    const result = await emit('checks/first');
    expect(result).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('files for psql in checks/first'),
    });
    await emit('second');
    const files = await read('checks/first');
    expect(await read('second')).toEqual(files);
    expect(files.map(([name]) => name)).toEqual(
      expect.arrayContaining(['README.md', 'C6.sql', 'run-all.sql', 'orphans.sql']),
    );
    for (const [name, text] of files)
      expect([name, text]).toEqual([
        name,
        expect.stringMatching(/Written by deploy \d[\d.]+ \(of (no )?commit/),
      ]);
  });

  test('a directory that cannot be written: exit 2, named', async () => {
    await writeFile(join(project.root, 'taken'), '');
    expect(await emit('taken')).toMatchObject({
      exitCode: 2,
      output: expect.stringMatching(/The scripts could not be written to taken: .*--emit-sql DIRECTORY/s),
    });
  });

  test('a target without migrations: exit 2, and nothing is written', async () => {
    const empty = await createTestDatabase({ template: 'empty' });
    expect(await emit('none', empty.url)).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining('The target "staging" has no migration applied'),
    });
    expect(await readdir(project.root)).not.toContain('none');
    await empty.drop();
  });

  describe.skipIf(binDir === undefined || inject('testServer').kind === 'embedded')(
    'as the role that deploys',
    () => {
      let role: DeployingRole;

      beforeAll(async () => {
        role = await createDeployingRole(DOCUMENTED);
      });

      afterAll(() => role.remove());

      test('the scripts need nothing that a deployment does not', async () => {
        const env = { STAGING_DATABASE_URL: role.url };
        expect(await project.deploy(['run', '--env', 'staging', '--yes'], env)).toMatchObject({
          exitCode: 0,
        });
        await emit('own', role.url);
        const run = await execa(
          join(binDir ?? '', 'psql'),
          ['-X', '-f', join(project.root, 'own/run-all.sql'), role.url],
          {
            reject: false,
          },
        );
        expect(run.stderr).toBe('');
        expect(run.stdout.trimEnd()).toMatch(/\nGO$/);
        expect(run.exitCode).toBe(0);
      });
    },
  );
});
