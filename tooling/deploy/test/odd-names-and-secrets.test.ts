import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createDeployingRole, type DeployingRole, DOCUMENTED } from './support/deploying-role.ts';
import { identityOf } from './support/identity.ts';
import { createProject, type Project } from './support/project.ts';
import { watchProcesses } from './support/watch-processes.ts';

const SECRET = 'Sesame @:/# öffne "dich"\' \\ $1 %41';
const FORMS = [SECRET, encodeURIComponent(SECRET), encodeURI(SECRET), JSON.stringify(SECRET).slice(1, -1)];
const hasProcesses = await access('/proc/self/cmdline').then(
  () => true,
  () => false,
);

/** Every file below a directory with its text. */
async function textsOf(directory: string): Promise<Map<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    await Promise.all(
      files.map(
        async (file) => [file.name, await readFile(join(file.parentPath, file.name), 'latin1')] as const,
      ),
    ),
  );
}

const leaks = (text: string) => FORMS.filter((form) => text.includes(form));

describe.skipIf(inject('testServer').kind === 'embedded')('odd names and a secret password', () => {
  let migrated: TestDatabase;
  let role: DeployingRole;
  let project: Project;

  beforeAll(async () => {
    // The role of the API comes with the template.
    migrated = await createTestDatabase({ template: 'migrated' });
    role = await createDeployingRole({ ...DOCUMENTED, password: SECRET, database: 'My "Prod" db=1 \'ü' });
    project = await createProject();
  });

  afterAll(async () => {
    await project.remove();
    await role.remove();
    await migrated.drop();
  });

  test('deploy, back up, roll back and restore, and tell the password nowhere', async () => {
    const env = { STAGING_DATABASE_URL: role.url };
    const deploy = (...args: string[]) => project.deploy([...args, '--env', 'staging'], env);
    const before = await identityOf(role.url);

    const { result, seen } = await watchProcesses(async () => {
      const run = await deploy('run');
      const verified = await deploy('backup', 'verify');
      const rolledBack = await deploy('rollback', '--yes');
      return { run, verified, rolledBack };
    });
    expect(result.run).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
    expect(result.verified).toMatchObject({ exitCode: 0 });
    expect(result.rolledBack).toMatchObject({ exitCode: 0, report: { outcome: 'rolled-back' } });
    expect(await identityOf(role.url)).toEqual(before);
    const again = await deploy('run', '--json');
    expect(again.exitCode).toBe(0);

    for (const { output } of [...Object.values(result), again]) expect(leaks(output)).toEqual([]);
    const isSeen = (program: string) => seen.some((line) => line.includes(program));
    expect([isSeen('pg_dump --format'), isSeen('pg_restore --jobs')]).toEqual([hasProcesses, hasProcesses]);
    expect(seen.flatMap(leaks)).toEqual([]);
    const texts = await textsOf(join(project.root, '.deploy'));
    expect([...texts.keys()]).toEqual(
      expect.arrayContaining(['report.json', 'report.md', 'report.html', 'journal.jsonl', 'manifest.json']),
    );
    expect([...texts].filter(([, text]) => leaks(text).length > 0).map(([name]) => name)).toEqual([]);
  });
});
