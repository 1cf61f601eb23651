import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Client, escapeIdentifier } from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { createPrismaProject, type PrismaProject, prisma, schemaEngine } from './prisma-project.ts';

const MODELS = `
model User {
  id    String @id
  posts Post[]
}
model Post {
  id     String    @id
  userId String    @map("user_id")
  user   User      @relation(fields: [userId], references: [id], onDelete: Cascade)
}
`;

/** Semicolons inside a function's body must not cut the script in pieces. */
const FUNCTION = `create function answer() returns int language plpgsql as $$ begin perform 1; return 42; end $$;`;

let database: TestDatabase;
let client: Client;
let project: PrismaProject;
let role: string;
let url: string;

// A role of its own shows that no superuser is needed, and tells the shadow databases of this file from others.
beforeEach(async () => {
  database = await createTestDatabase({ template: 'empty' });
  client = await database.connect();
  role = `engine_${randomBytes(6).toString('hex')}`;
  await client.query(`create role ${role} login createdb password 'p@ss:/#'`);
  await client.query(`grant ${role} to current_user`);
  await client.query(`alter database ${database.name} owner to ${role}`);
  await client.query(`alter schema public owner to ${role}`);
  await client.query(`set role ${role}`);
  const withRole = new URL(database.url);
  withRole.username = role;
  withRole.password = encodeURIComponent('p@ss:/#');
  url = withRole.href;
  project = await createPrismaProject(url);
  await project.writeSchema(MODELS);
});

afterEach(async () => {
  const admin = await createTestDatabase({ template: 'empty' });
  const connection = await admin.connect();
  await database.drop();
  for (const name of await ownedDatabases(connection))
    await connection.query(`drop database ${escapeIdentifier(name)} with (force)`);
  await connection.query(`drop role ${role}`);
  await admin.drop();
  await project.remove();
});

async function ownedDatabases(connection: Client): Promise<string[]> {
  const { rows } = await connection.query<{ datname: string }>(
    `select datname from pg_database where pg_get_userbyid(datdba) = $1 and datname <> $2`,
    [role, database.name],
  );
  return rows.map((row) => row.datname);
}

async function tables(): Promise<string[]> {
  const { rows } = await client.query<{ tablename: string }>(
    `select tablename from pg_tables where schemaname = 'public' order by 1`,
  );
  return rows.map((row) => row.tablename);
}

async function migrationNames(): Promise<string[]> {
  const entries = await readdir(join(project.directory, 'migrations'), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

describe('the migrations of this package', () => {
  test('apply on a machine without network and leave nothing to do', async () => {
    expect(await prisma('migrate deploy', { env: { DATABASE_URL: database.url } })).toMatchObject({
      exitCode: 0,
    });
    const status = await prisma('migrate status', { env: { DATABASE_URL: database.url } });
    expect(status.output).toContain('Database schema is up to date!');
    expect(status.exitCode).toBe(0);
  });

  test('make exactly the database that the schema describes', async () => {
    const args = 'migrate diff --from-migrations prisma/migrations --to-schema prisma/schema --exit-code';
    const { exitCode, output } = await prisma(args, { env: { DATABASE_URL: database.url } });
    expect(output).toContain('No difference detected.');
    expect(exitCode).toBe(0);
  });
});

describe('migrate dev', () => {
  test('writes and applies a migration, and the next one without applying it', async () => {
    expect(await project.prisma('migrate dev --name init')).toMatchObject({ exitCode: 0 });
    expect(await tables()).toEqual(['Post', 'User', '_prisma_migrations']);
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
    expect(await ownedDatabases(client)).toEqual([]);
  });

  test('refuses a database that was changed by hand', async () => {
    await project.prisma('migrate dev --name init');
    await client.query('alter table "User" add drifted int');
    const { exitCode, output } = await project.prisma('migrate dev --name next');
    expect(output).toContain('Drift detected');
    expect(output).toContain('Added column `drifted`');
    expect(exitCode).not.toBe(0);
    expect(await ownedDatabases(client)).toEqual([]);
  });
});

describe('migrate deploy', () => {
  test('sends a script whole', async () => {
    await project.writeMigration('20250101000000_function', FUNCTION);
    expect(await project.prisma('migrate deploy')).toMatchObject({ exitCode: 0 });
    expect((await client.query('select answer()')).rows).toEqual([{ answer: 42 }]);
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
    expect(await tables()).toEqual(['_prisma_migrations']);
    expect((await project.prisma('migrate deploy')).output).toContain('P3009');
    expect(await project.prisma(`migrate resolve --rolled-back ${name}`)).toMatchObject({ exitCode: 0 });
    expect((await project.prisma('migrate status')).output).toContain('have not yet been applied');
    expect(await project.prisma(`migrate resolve --applied ${name}`)).toMatchObject({ exitCode: 0 });
    expect(await project.prisma('migrate status')).toMatchObject({ exitCode: 0 });
  });
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
    expect(await ownedDatabases(client)).toEqual([]);
  });

  test('leaves no shadow database behind when a migration fails in it', async () => {
    await project.writeMigration('20250101000000_bad', 'alter table nope add x int;');
    const { exitCode, output } = await project.prisma(args);
    expect(output).toContain('P3006');
    expect(output).toContain('relation "nope" does not exist');
    expect(exitCode).toBe(1);
    expect(await ownedDatabases(client)).toEqual([]);
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
    await client.query('create table precious (id int)');
    const sameByAnotherName = new URL(url);
    sameByAnotherName.searchParams.set('application_name', 'shadow');
    const { exitCode, output } = await project.prisma(args, {
      env: { SHADOW_DATABASE_URL: sameByAnotherName.href },
    });
    expect(output).toContain('P3014');
    expect(exitCode).toBe(1);
    expect(await tables()).toEqual(['precious']);
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
    await client.query('create table b (id int); insert into a values (1)');
    expect(await project.prisma('migrate reset --force')).toMatchObject({ exitCode: 0 });
    expect(await tables()).toEqual(['_prisma_migrations', 'a']);
    expect((await client.query('select from a')).rowCount).toBe(0);
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
    await client.query('create table precious (id int primary key); insert into precious values (1)');
    const { exitCode, output } = await project.prisma('db push');
    expect(output).toContain('--accept-data-loss');
    expect(exitCode).toBe(1);
    expect(await tables()).toEqual(['precious']);
  });

  test('db execute runs a script of several statements, all or nothing', async () => {
    const good = await project.prisma('db execute --stdin', { input: `${FUNCTION} select answer();` });
    expect(good).toMatchObject({ exitCode: 0 });
    const bad = await project.prisma('db execute --stdin', {
      input: 'create table t (id int); select nope;',
    });
    expect(bad).toMatchObject({ exitCode: 1, output: expect.stringContaining('"nope" does not exist') });
    expect(await tables()).toEqual([]);
  });

  test('migrate deploy creates a database whose name needs quoting', async () => {
    const odd = new URL(url);
    odd.pathname = `/${encodeURIComponent(`Odd "${role}" Name`)}`;
    await project.writeMigration('20250101000000_table', 'create table a (id int primary key);');
    const { exitCode, output } = await project.prisma('migrate deploy', { env: { DATABASE_URL: odd.href } });
    expect(output).toContain('All migrations have been successfully applied.');
    expect(exitCode).toBe(0);
    expect(await ownedDatabases(client)).toEqual([`Odd "${role}" Name`]);
  });
});

describe('a database that cannot be used', () => {
  test.each([
    ['P1001', (bad: URL) => Object.assign(bad, { port: '1' })],
    ['P1000', (bad: URL) => Object.assign(bad, { username: 'nobody_at_all' })],
    ['P1003', (bad: URL) => Object.assign(bad, { pathname: '/no_such_database' })],
  ])('is reported with code %s and without the password', async (code, change) => {
    const bad = change(new URL(url));
    const { exitCode, output } = await project.prisma('migrate status', { env: { DATABASE_URL: bad.href } });
    expect(output).toContain(code);
    expect(output).not.toContain('p@ss');
    expect(output).not.toContain(bad.password);
    expect(exitCode).toBe(1);
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
  const engine = execa(schemaEngine, ['--datasource', JSON.stringify({ url })], {
    input: `${JSON.stringify(request)}\n`,
    preferLocal: true,
    localDir: import.meta.dirname,
  });
  await vi.waitUntil(async () => (await ownedDatabases(client)).length === 1, {
    timeout: 20_000,
    interval: 20,
  });
  engine.kill('SIGTERM');
  const { exitCode, stdout } = await engine;
  expect(exitCode).toBe(0);
  expect(stdout).toContain('"method":"print"');
  expect(await ownedDatabases(client)).toEqual([]);
});
