import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import {
  type Database,
  newId,
  openDatabase,
  Prisma,
  type SqlTransaction,
  type WorkspaceDb,
} from '../src/index.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';

let database: TestDatabase;
let db: Database;
const ours = newId();
const theirs = newId();
const scope = { workspaceId: ours, userId: newId() };

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase({ connectionString: database.url, max: 3 });
  for (const id of [ours, theirs]) {
    await db.prisma.workspace.create({ data: { id, code: `W-${id}`, name: 'A programme' } });
    await db.prisma.site.create({ data: { workspaceId: id, siteCode: 'S-1', name: 'A site' } });
  }
});

afterAll(async () => {
  await db.close();
  await database.drop();
});

const allSites = Prisma.sql`select workspace_id as "workspaceId", site_code as "siteCode" from sites order by site_code`;
const addSite = (siteCode: string, workspaceId = ours) => Prisma.sql`
  insert into sites (id, workspace_id, site_code, name) values (${newId()}, ${workspaceId}::uuid, ${siteCode}, 'A site')`;
const countOf = (siteCode: string) => db.prisma.site.count({ where: { siteCode } });

describe('query', () => {
  test('reads the rows of its workspace and no other, many at once', async () => {
    const scopes = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? ours : theirs));
    const seen = await Promise.all(
      scopes.map((workspaceId) =>
        db.inWorkspace({ ...scope, workspaceId }).query<{ workspaceId: string }[]>(allSites),
      ),
    );
    expect(seen.map((rows) => [...new Set(rows.map((row) => row.workspaceId))])).toEqual(
      scopes.map((id) => [id]),
    );
  });

  test('refuses to write, and the connection serves on', async () => {
    await expect(db.inWorkspace(scope).query(addSite('S-never'))).rejects.toMatchObject({ code: '25006' });
    expect(await countOf('S-never')).toBe(0);
    await expect(db.inWorkspace(scope).query(Prisma.sql`select nonsense`)).rejects.toMatchObject({
      code: '42703',
    });
    expect(await db.inWorkspace(scope).query(allSites)).not.toHaveLength(0);
  });
});

describe('transaction', () => {
  test('of statements that were sent together the one that failed says why', async () => {
    const failing = db.inWorkspace(scope).transaction(async (tx) => {
      const later = async () => {
        const [read] = await Promise.allSettled([tx.query(Prisma.sql`select nonsense`)]);
        if (read.status === 'rejected') throw read.reason;
      };
      await Promise.all([later(), tx.query(allSites)]);
    });
    await expect(failing).rejects.toMatchObject({ code: '42703' });
  });

  test('commits what it wrote, with statements sent together', async () => {
    await db.inWorkspace(scope).transaction(async (tx) => {
      await Promise.all([tx.query(addSite('S-a')), tx.query(addSite('S-b'))]);
    });
    expect([await countOf('S-a'), await countOf('S-b')]).toEqual([1, 1]);
  });

  test('rolls back when the work fails, and says the first cause', async () => {
    const working = db.inWorkspace(scope).transaction(async (tx) => {
      await tx.query(addSite('S-c'));
      await tx.query(addSite('S-d', theirs));
    });
    await expect(working).rejects.toMatchObject({ code: '42501' });
    expect(await countOf('S-c')).toBe(0);
  });

  test('never acknowledges what a swallowed failure rolled back', async () => {
    const working = db.inWorkspace(scope).transaction(async (tx) => {
      await tx.query(addSite('S-e'));
      await tx.query(Prisma.sql`select nonsense`).catch(() => undefined);
    });
    await expect(working).rejects.toThrow(/failed unnoticed/);
    expect(await countOf('S-e')).toBe(0);
  });
});

test('acts as the role, for this workspace and user, until the transaction ends', async () => {
  const single = openDatabase({ connectionString: database.url, max: 1 });
  const settings = Prisma.sql`
    select current_user::text as role, current_setting('app.workspace_id', true) as workspace,
           current_setting('app.user_id', true) as "user"`;
  const expected = { role: 'apms_api', workspace: ours, user: scope.userId };
  expect(await single.inWorkspace(scope).query(settings)).toEqual([expected]);
  expect(await single.inWorkspace(scope).transaction((tx) => tx.query(settings))).toEqual([expected]);
  const [after] = await single.prisma.$queryRaw<{ role: string; workspace: string }[]>(settings);
  expect(after).toMatchObject({ workspace: '' });
  expect(after?.role).not.toBe('apms_api');
  await single.close();
});

test('a person sees outside a workspace only what is theirs', async () => {
  const user = await db.prisma.user.create({ data: { email: `${newId()}@x.example`, name: 'A person' } });
  await db.prisma.workspaceMembership.create({
    data: { workspaceId: ours, userId: user.id, role: 'VIEWER' },
  });
  const mine = await db.asPerson<{ id: string }[]>(user.id, Prisma.sql`select id from workspaces`);
  expect(mine).toEqual([{ id: ours }]);
});

test('recovers by itself after the server ended its connections', async () => {
  const admin = await database.connect();
  await db.inWorkspace(scope).query(allSites);
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'apms-api' and datname = current_database()`,
  );
  await expect.poll(() => db.inWorkspace(scope).query(allSites), { timeout: 5_000 }).not.toHaveLength(0);
});

test('refuses what is no workspace', () => {
  expect(() => db.inWorkspace({ ...scope, workspaceId: "' or true --" })).toThrow(TypeError);
});

/** A user that may log in; removed at the end. */
async function withLogin(
  work: (login: { role: string; url: string; admin: Client }) => Promise<void>,
): Promise<void> {
  const admin = await database.connect();
  const role = `login_${randomBytes(6).toString('hex')}`;
  await admin.query(`create role ${role} login password 'secret'`);
  const url = new URL(database.url);
  url.username = role;
  url.password = 'secret';
  await work({ role, url: url.href, admin });
  await admin.query(`drop owned by ${role}`);
  await admin.query(`drop role ${role}`);
}

describe('a login of its own', () => {
  test('that is a member of the API role may work in a workspace', async () => {
    await withLogin(async ({ role, url, admin }) => {
      await admin.query(`grant apms_api to ${role}`);
      const own = openDatabase({ connectionString: url });
      expect(await own.inWorkspace(scope).query(allSites)).not.toHaveLength(0);
      await own.close();
    });
  });

  test('that is not a member is told what to grant', async () => {
    await withLogin(async ({ url }) => {
      const own = openDatabase({ connectionString: url });
      await expect(own.inWorkspace(scope).query(allSites)).rejects.toThrow(/GRANT apms_api TO/);
      const working = own.inWorkspace(scope).transaction((tx) => tx.query(allSites));
      await expect(working).rejects.toThrow(/GRANT apms_api TO/);
      await own.close();
    });
  });
});

/** How many of two statements, one of them repeated, a connection has kept prepared. */
async function countPrepared(maxStatements: number): Promise<number> {
  const single = openDatabase({ connectionString: database.url, max: 1, maxStatements });
  for (const siteCode of ['a', 'b', 'c']) {
    await single.inWorkspace(scope).query(Prisma.sql`select id from sites where site_code = ${siteCode}`);
  }
  await single.inWorkspace(scope).query(Prisma.sql`select id from workspaces`);
  const { rows } = await single.pool.query<{ count: number }>(
    `select count(*)::int as count from pg_prepared_statements where statement like 'select id%'`,
  );
  await single.close();
  return rows[0]?.count ?? -1;
}

test('plans a repeated statement once a connection, up to the given number of statements', async () => {
  expect(await countPrepared(500)).toBe(2);
  expect(await countPrepared(1)).toBe(1);
  expect(await countPrepared(0)).toBe(0);
});

test('a statement is planned for any value when that is asked for, and for that statement alone', async () => {
  const single = openDatabase({ connectionString: database.url, max: 1 });
  const mode = Prisma.sql`select current_setting('plan_cache_mode') as mode`;
  const workspace = single.inWorkspace(scope);
  expect(await workspace.query(mode, { plan: 'generic' })).toEqual([{ mode: 'force_generic_plan' }]);
  expect(await workspace.query(mode)).toEqual([{ mode: 'auto' }]);
  expect(await workspace.transaction((tx) => tx.query(mode))).toEqual([{ mode: 'auto' }]);
  await single.close();
});

test('ids sort in the order in which they were made', () => {
  const ids = Array.from({ length: 1000 }, newId);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(1000);
});

test('types: the scope is required and the result is that of the work', () => {
  expectTypeOf(openDatabase).returns.toEqualTypeOf<Database>();
  expectTypeOf<WorkspaceDb['transaction']>().parameter(0).parameter(0).toEqualTypeOf<SqlTransaction>();
  expectTypeOf<Database['inWorkspace']>()
    .parameter(0)
    .toEqualTypeOf<{ readonly workspaceId: string; readonly userId: string }>();
});
