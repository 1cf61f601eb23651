import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTestDatabase } from '../src/testing/index.ts';
import { createOwnedDatabase, type OwnedDatabase } from './owned-database.ts';
import { createPrismaProject, MODELS, type PrismaProject, schemaEngine } from './prisma-project.ts';

let database: OwnedDatabase;
let project: PrismaProject;

beforeEach(async () => {
  database = await createOwnedDatabase();
  project = await createPrismaProject(database.url);
  await project.writeSchema(MODELS);
});

afterEach(async () => {
  await database.drop();
  await project.remove();
});

describe('migrate diff', () => {
  const args = 'migrate diff --from-migrations migrations --to-schema schema.prisma --exit-code';

  test('answers by its exit code whether migrations and schema differ', async () => {
    expect(await project.prisma(args)).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining('User'),
    });
    await project.prisma('migrate dev --name init');
    expect(await project.prisma(args)).toMatchObject({ exitCode: 0 });
    expect(await database.otherDatabases()).toEqual([]);
  });

  test('leaves no shadow database behind when a migration fails in it', async () => {
    await project.writeMigration('20250101000000_bad', 'alter table nope add x int;');
    const { exitCode, output } = await project.prisma(args);
    expect(output).toContain('P3006');
    expect(output).toContain('relation "nope" does not exist');
    expect(exitCode).toBe(1);
    expect(await database.otherDatabases()).toEqual([]);
  });

  test('compares files without a database', async () => {
    const { exitCode, output } = await project.prisma(
      'migrate diff --from-empty --to-schema schema.prisma --script',
      { env: { DATABASE_URL: undefined } },
    );
    expect(output).toContain('CREATE TABLE "Post"');
    expect(exitCode).toBe(0);
  });

  test('empties the shadow database that it is given', async () => {
    const shadow = await createTestDatabase({ template: 'empty' });
    const inShadow = await shadow.connect();
    await inShadow.query('create table left_over (id int)');
    const env = { SHADOW_DATABASE_URL: shadow.url };
    const { output } = await project.prisma(args, { env });
    expect(output).toContain('Added tables');
    const { rows } = await inShadow.query(`select to_regclass('left_over') as found`);
    expect(rows).toEqual([{ found: null }]);
    expect(await project.prisma(args, { env })).toMatchObject({ exitCode: 2 });
    await shadow.drop();
  });

  test('refuses the database itself as shadow database', async () => {
    await database.client.query('create table precious (id int)');
    const sameByAnotherName = new URL(database.url);
    sameByAnotherName.searchParams.set('application_name', 'shadow');
    const { exitCode, output } = await project.prisma(args, {
      env: { SHADOW_DATABASE_URL: sameByAnotherName.href },
    });
    expect(output).toContain('P3014');
    expect(exitCode).toBe(1);
    expect(await database.tables()).toEqual(['precious']);
  });
});

test('the engine finishes and cleans up when it is told to end in the middle of its work', async () => {
  const request = {
    jsonrpc: '2.0',
    id: 1,
    method: 'diff',
    params: {
      from: {
        tag: 'migrations',
        baseDir: 'migrations',
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
        shadowDbInitScript: '',
        migrationDirectories: [
          {
            path: '20250101000000_slow',
            migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: 'select pg_sleep(1);' } },
          },
        ],
      },
      to: { tag: 'empty' },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    },
  };
  const engine = execa(schemaEngine, ['--datasource', JSON.stringify({ url: database.url })], {
    input: `${JSON.stringify(request)}\n`,
    preferLocal: true,
    localDir: import.meta.dirname,
  });
  await vi.waitUntil(async () => (await database.otherDatabases()).length === 1, {
    timeout: 20_000,
    interval: 20,
  });
  engine.kill('SIGTERM');
  const { exitCode, stdout } = await engine;
  expect(exitCode).toBe(0);
  expect(stdout).toContain('"method":"print"');
  expect(await database.otherDatabases()).toEqual([]);
});
