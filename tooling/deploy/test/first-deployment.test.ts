import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createProject, type Project } from './support/project.ts';

describe.skipIf(inject('testServer').kind === 'embedded')('a first deployment to a server', () => {
  let database: TestDatabase;
  let project: Project;

  beforeAll(async () => {
    database = await createTestDatabase({ template: 'empty' });
    project = await createProject();
  });

  afterAll(async () => {
    await project.remove();
    await database.drop();
  });

  test('deploys every migration, and then finds nothing to do', async () => {
    const env = { STAGING_DATABASE_URL: database.url };
    const first = await project.deploy(['run', '--env', 'staging'], env);
    expect(first).toMatchObject({ exitCode: 0, report: { outcome: 'deployed', decision: 'GO' } });
    expect(first.report?.migrations).toHaveLength(6);

    const second = await project.deploy(['run', '--env', 'staging'], env);
    expect(second).toMatchObject({ exitCode: 0, report: { outcome: 'nothing-to-do' } });

    const backups = await project.deploy(['backup', 'list', '--env', 'staging'], env);
    expect(backups.output).toContain('verified');
  });

  test('goes to the schema "public" whatever search path the database prefers', async () => {
    const preferring = await createTestDatabase({ template: 'empty' });
    const client = await preferring.connect();
    await client.query(`alter database ${preferring.name} set search_path = elsewhere`);
    const run = await project.deploy(['run', '--env', 'production'], {
      PRODUCTION_DATABASE_URL: preferring.url,
    });
    expect(run).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
    const { rows } = await client.query('select count(*)::int as migrations from public._prisma_migrations');
    expect(rows).toEqual([{ migrations: 6 }]);
    await preferring.drop();
  });
});
