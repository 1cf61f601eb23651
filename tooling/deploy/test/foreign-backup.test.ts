import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { identityOf } from './support/identity.ts';
import { createProject, type Project } from './support/project.ts';

describe.skipIf(inject('testServer').kind === 'embedded')('a backup of another database', () => {
  let deployed: TestDatabase;
  let other: TestDatabase;
  let project: Project;

  beforeAll(async () => {
    [deployed, other] = await Promise.all([
      createTestDatabase({ template: { migrations: 3 } }),
      createTestDatabase({ template: 'migrated' }),
    ]);
    project = await createProject();
  });

  afterAll(async () => {
    await project.remove();
    await Promise.all([deployed.drop(), other.drop()]);
  });

  test('is never swapped into a target whose URL has changed', async () => {
    const first = await project.deploy(['run', '--env', 'staging'], { STAGING_DATABASE_URL: deployed.url });
    expect(first).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });

    const before = await identityOf(other.url);
    const rollback = await project.deploy(['rollback', '--env', 'staging', '--yes'], {
      STAGING_DATABASE_URL: other.url,
    });
    expect(rollback.exitCode).toBe(2);
    expect(rollback.output).toContain(
      `is of the database "${deployed.name}"; the target is "${other.name}" now`,
    );
    expect(await identityOf(other.url)).toEqual(before);
  });
});
