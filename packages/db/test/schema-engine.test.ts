import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { createOwnedDatabase, type OwnedDatabase } from './owned-database.ts';
import { createPrismaProject, MODELS, type PrismaProject, prisma } from './prisma-project.ts';

/** Semicolons inside a function's body must not cut the script in pieces. */
const FUNCTION = `create function answer() returns int language plpgsql as $$ begin perform 1; return 42; end $$;`;

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

async function migrationNames(): Promise<string[]> {
  const entries = await readdir(join(project.directory, 'migrations'), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

// They make a role, which the owner of a database alone may not.
describe('the migrations of this package', () => {
  let empty: TestDatabase;

  beforeEach(async () => {
    empty = await createTestDatabase({ template: 'empty' });
  });

  afterEach(() => empty.drop());

  test('apply on a machine without network and leave nothing to do', async () => {
    expect(await prisma('migrate deploy', { env: { DATABASE_URL: empty.url } })).toMatchObject({
      exitCode: 0,
    });
    const status = await prisma('migrate status', { env: { DATABASE_URL: empty.url } });
    expect(status.output).toContain('Database schema is up to date!');
    expect(status.exitCode).toBe(0);
  });

  test('make exactly the database that the schema describes', async () => {
    const args = 'migrate diff --from-migrations prisma/migrations --to-schema prisma/schema --exit-code';
    const { exitCode, output } = await prisma(args, { env: { DATABASE_URL: empty.url } });
    expect(output).toContain('No difference detected.');
    expect(exitCode).toBe(0);
  });
});

describe('migrate dev', () => {
  test('writes and applies a migration, and the next one without applying it', async () => {
    expect(await project.prisma('migrate dev --name init')).toMatchObject({ exitCode: 0 });
    expect(await database.tables()).toEqual(['Post', 'User', '_prisma_migrations']);
    await project.writeSchema(MODELS.replace('model User {', 'model User {\n  email String?'));
    expect(await project.prisma('migrate dev --create-only --name email')).toMatchObject({ exitCode: 0 });
    const names = await migrationNames();
    expect(names).toEqual([expect.stringMatching(/_init$/), expect.stringMatching(/_email$/)]);
    const sql = await readFile(
      join(project.directory, 'migrations', names[1] ?? '', 'migration.sql'),
      'utf8',
    );
    expect(sql).toContain('ALTER TABLE "User" ADD COLUMN     "email" TEXT;');
    const status = await project.prisma('migrate status');
    expect(status).toMatchObject({ exitCode: 1, output: expect.stringContaining(names[1] ?? '') });
    expect(await database.otherDatabases()).toEqual([]);
  });

  test('refuses a database that was changed by hand', async () => {
    await project.prisma('migrate dev --name init');
    await database.client.query('alter table "User" add drifted int');
    const { exitCode, output } = await project.prisma('migrate dev --name next');
    expect(output).toContain('Drift detected');
    expect(output).toContain('Added column `drifted`');
    expect(exitCode).not.toBe(0);
    expect(await database.otherDatabases()).toEqual([]);
  });
});

describe('migrate deploy', () => {
  test('sends a script whole', async () => {
    await project.writeMigration('20250101000000_function', FUNCTION);
    expect(await project.prisma('migrate deploy')).toMatchObject({ exitCode: 0 });
    expect((await database.client.query('select answer()')).rows).toEqual([{ answer: 42 }]);
  });

  test('names the failed migration, the reason and the line, and resolve clears it', async () => {
    const name = '20250101000000_bad';
    await project.writeMigration(
      name,
      `${FUNCTION}\ncreate table kept (id int);\nalter table "kept" ad x int;`,
    );
    const { exitCode, output } = await project.prisma('migrate deploy');
    expect(exitCode).toBe(1);
    for (const part of [
      'P3018',
      `Migration name: ${name}`,
      '42601',
      'syntax error at or near "ad"',
      'Line 3:',
    ]) {
      expect(output).toContain(part);
    }
    expect(await database.tables()).toEqual(['_prisma_migrations']);
    expect((await project.prisma('migrate deploy')).output).toContain('P3009');
    expect(await project.prisma(`migrate resolve --rolled-back ${name}`)).toMatchObject({ exitCode: 0 });
    expect((await project.prisma('migrate status')).output).toContain('have not yet been applied');
    expect(await project.prisma(`migrate resolve --applied ${name}`)).toMatchObject({ exitCode: 0 });
    expect(await project.prisma('migrate status')).toMatchObject({ exitCode: 0 });
  });
});

describe('the other commands', () => {
  test('generate needs no database', async () => {
    await project.writeSchema(
      `${MODELS}generator client {\n  provider = "prisma-client"\n  output = "client"\n}\n`,
    );
    expect(await project.prisma('generate', { env: { DATABASE_URL: undefined } })).toMatchObject({
      exitCode: 0,
    });
    expect(await readdir(join(project.directory, 'client'))).toContain('client.ts');
  });

  test('migrate reset empties the database and applies the migrations again', async () => {
    await project.writeMigration('20250101000000_table', 'create table a (id int primary key);');
    await project.prisma('migrate deploy');
    await database.client.query('create table b (id int); insert into a values (1)');
    expect(await project.prisma('migrate reset --force')).toMatchObject({ exitCode: 0 });
    expect(await database.tables()).toEqual(['_prisma_migrations', 'a']);
    expect((await database.client.query('select from a')).rowCount).toBe(0);
  });

  test('db push makes what db pull reads', async () => {
    expect(await project.prisma('db push')).toMatchObject({ exitCode: 0 });
    const pulled = await project.prisma('db pull --print');
    expect(pulled.output).toContain('@relation(fields: [userId], references: [id], onDelete: Cascade)');
    expect(pulled.exitCode).toBe(0);
    expect(await project.prisma('db push')).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('already in sync'),
    });
  });

  test('db push does not lose data unasked', async () => {
    await database.client.query(
      'create table precious (id int primary key); insert into precious values (1)',
    );
    const { exitCode, output } = await project.prisma('db push');
    expect(output).toContain('--accept-data-loss');
    expect(exitCode).toBe(1);
    expect(await database.tables()).toEqual(['precious']);
  });

  test('db execute runs a script of several statements, all or nothing', async () => {
    const good = await project.prisma('db execute --stdin', { input: `${FUNCTION} select answer();` });
    expect(good).toMatchObject({ exitCode: 0 });
    const bad = await project.prisma('db execute --stdin', {
      input: 'create table t (id int); select nope;',
    });
    expect(bad).toMatchObject({ exitCode: 1, output: expect.stringContaining('"nope" does not exist') });
    expect(await database.tables()).toEqual([]);
  });

  test('migrate deploy creates a database whose name needs quoting', async () => {
    const odd = new URL(database.url);
    odd.pathname = `/${encodeURIComponent(`Odd "${database.role}" Name`)}`;
    await project.writeMigration('20250101000000_table', 'create table a (id int primary key);');
    const { exitCode, output } = await project.prisma('migrate deploy', { env: { DATABASE_URL: odd.href } });
    expect(output).toContain('All migrations have been successfully applied.');
    expect(exitCode).toBe(0);
    expect(await database.otherDatabases()).toEqual([`Odd "${database.role}" Name`]);
  });
});

describe('a database that cannot be used', () => {
  test.each([
    ['P1001', (bad: URL) => Object.assign(bad, { port: '1' })],
    ['P1000', (bad: URL) => Object.assign(bad, { username: 'nobody_at_all' })],
    ['P1003', (bad: URL) => Object.assign(bad, { pathname: '/no_such_database' })],
  ])('is reported with code %s and without the password', async (code, change) => {
    const bad = change(new URL(database.url));
    const { exitCode, output } = await project.prisma('migrate status', { env: { DATABASE_URL: bad.href } });
    expect(output).toContain(code);
    expect(output).not.toContain('p@ss');
    expect(output).not.toContain(bad.password);
    expect(exitCode).toBe(1);
  });
});
