import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { createDb, type Db, newId, Prisma, type WorkspaceTransaction, withWorkspace } from '../src/index.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';

let database: TestDatabase;
let client: Client;
let db: Db;
const ours = newId();
const theirs = newId();
const userId = newId();
const scope = { workspaceId: ours, userId };

beforeAll(async () => {
  database = await createTestDatabase();
  client = await database.connect();
  db = createDb({ connectionString: database.url });
  for (const id of [ours, theirs]) {
    await db.workspace.create({ data: { id, code: `W-${id}`, name: 'A programme' } });
    await db.site.create({ data: { workspaceId: id, siteCode: 'S-1', name: 'A site' } });
  }
});

afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

/** A user that may log in, and what else the test grants it. */
async function createLogin(): Promise<{ role: string; url: string }> {
  const role = `login_${randomBytes(6).toString('hex')}`;
  await client.query(`create role ${role} login password 'secret'`);
  const url = new URL(database.url);
  url.username = role;
  url.password = 'secret';
  return { role, url: url.href };
}

test('reads the rows of its workspace and no other', async () => {
  const sites = await withWorkspace(db, scope, (tx) => tx.site.findMany());
  expect(sites.map((site) => site.workspaceId)).toEqual([ours]);
});

test('writes into its workspace and is refused in another', async () => {
  const siteCode = `S-${newId()}`;
  await withWorkspace(db, scope, (tx) =>
    tx.site.create({ data: { workspaceId: ours, siteCode, name: 'Another site' } }),
  );
  expect(await db.site.count({ where: { siteCode } })).toBe(1);
  await db.site.deleteMany({ where: { siteCode } });
  const writing = withWorkspace(db, scope, (tx) =>
    tx.site.create({ data: { workspaceId: theirs, siteCode, name: 'Not ours' } }),
  );
  await expect(writing).rejects.toThrow(/row-level security/);
  expect(await db.site.count({ where: { siteCode } })).toBe(0);
});

test('acts as the API role, for this workspace and user, until the transaction ends', async () => {
  const readSettings = Prisma.sql`
    select current_user::text as role, current_setting('app.workspace_id', true) as workspace,
           current_setting('app.user_id', true) as "user"`;
  const single = createDb({ connectionString: database.url, max: 1 });
  const [inside] = await withWorkspace(single, scope, (tx) => tx.$queryRaw<object[]>(readSettings));
  expect(inside).toEqual({ role: 'apms_api', workspace: ours, user: userId });
  const [after] = await single.$queryRaw<{ role: string; workspace: string }[]>(readSettings);
  expect(after?.role).not.toBe('apms_api');
  expect(after?.workspace).toBe('');
  await single.$disconnect();
});

test('rolls back what was written when the work fails', async () => {
  const siteCode = `S-${newId()}`;
  const working = withWorkspace(db, scope, async (tx) => {
    await tx.site.create({ data: { workspaceId: ours, siteCode, name: 'Never' } });
    throw new Error('changed my mind');
  });
  await expect(working).rejects.toThrow('changed my mind');
  expect(await db.site.count({ where: { siteCode } })).toBe(0);
});

test('keeps scopes apart that run at the same time', async () => {
  const seen = await Promise.all(
    Array.from({ length: 20 }, (_, index) => {
      const workspaceId = index % 2 === 0 ? ours : theirs;
      return withWorkspace(db, { workspaceId, userId }, async (tx) => {
        const rows = await tx.site.findMany({ where: { siteCode: 'S-1' } });
        return rows.length === 1 && rows[0]?.workspaceId === workspaceId;
      });
    }),
  );
  expect(seen).toEqual(Array.from({ length: 20 }, () => true));
});

test.each(['', 'nonsense', `${newId()}' or true --`])('refuses %j as a workspace', async (workspaceId) => {
  const reading = withWorkspace(db, { workspaceId, userId }, (tx) => tx.site.findMany());
  await expect(reading).rejects.toThrow(TypeError);
});

describe('a login of its own', () => {
  test('that is a member of the API role may work in a workspace', async () => {
    const { role, url } = await createLogin();
    await client.query(`grant apms_api to ${role}`);
    const own = createDb({ connectionString: url });
    expect(await withWorkspace(own, scope, (tx) => tx.site.count())).toBeGreaterThan(0);
    await own.$disconnect();
    await client.query(`drop role ${role}`);
  });

  test('that is not a member is told what to grant', async () => {
    const { role, url } = await createLogin();
    const own = createDb({ connectionString: url });
    const reading = withWorkspace(own, scope, (tx) => tx.site.count());
    await expect(reading).rejects.toThrow(/GRANT apms_api TO/);
    await own.$disconnect();
    await client.query(`drop role ${role}`);
  });
});

/** How many of two queries, one of them repeated, a connection has kept prepared. */
async function countPrepared(maxStatements: number): Promise<number> {
  const single = createDb({ connectionString: database.url, max: 1, maxStatements });
  for (const siteCode of ['a', 'b', 'c']) await single.site.findMany({ where: { siteCode } });
  await single.workspace.findMany();
  const [row] = await single.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from pg_prepared_statements where name like 'apms_%' and statement like 'SELECT%'`;
  await single.$disconnect();
  return row?.count ?? -1;
}

test('plans a repeated query once a connection, up to the given number of statements', async () => {
  expect(await countPrepared(500)).toBe(2);
  expect(await countPrepared(1)).toBe(1);
  expect(await countPrepared(0)).toBe(0);
});

test('ids sort in the order in which they were made', () => {
  const ids = Array.from({ length: 1000 }, newId);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(1000);
});

test('types: the scope is required and the result is that of the work', () => {
  expectTypeOf(createDb).returns.toEqualTypeOf<Db>();
  expectTypeOf(withWorkspace<number>).returns.resolves.toEqualTypeOf<number>();
  expectTypeOf(withWorkspace<number>)
    .parameter(1)
    .toEqualTypeOf<{ readonly workspaceId: string; readonly userId: string }>();
  expectTypeOf(withWorkspace<number>)
    .parameter(2)
    .parameter(0)
    .toEqualTypeOf<WorkspaceTransaction>();
  expectTypeOf(newId).returns.toBeString();
});
