import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, newId, openDatabase, Prisma } from '../src/index.ts';
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

describe('sqlTransaction', () => {
  test('commits what it wrote, with statements sent together', async () => {
    await db.inWorkspace(scope).sqlTransaction(async (tx) => {
      await Promise.all([tx.$queryRaw(addSite('S-a')), tx.$queryRaw(addSite('S-b'))]);
    });
    expect([await countOf('S-a'), await countOf('S-b')]).toEqual([1, 1]);
  });

  test('rolls back when the work fails, and says the first cause', async () => {
    const working = db.inWorkspace(scope).sqlTransaction(async (tx) => {
      await tx.$queryRaw(addSite('S-c'));
      await tx.$queryRaw(addSite('S-d', theirs));
    });
    await expect(working).rejects.toMatchObject({ code: '42501' });
    expect(await countOf('S-c')).toBe(0);
  });

  test('never acknowledges what a swallowed failure rolled back', async () => {
    const working = db.inWorkspace(scope).sqlTransaction(async (tx) => {
      await tx.$queryRaw(addSite('S-e'));
      await tx.$queryRaw(Prisma.sql`select nonsense`).catch(() => undefined);
    });
    await expect(working).rejects.toThrow(/rolled back/);
    expect(await countOf('S-e')).toBe(0);
  });
});

test('transaction is Prisma in the same scope and the same pool', async () => {
  const sites = await db.inWorkspace(scope).transaction((tx) => tx.site.findMany());
  expect(new Set(sites.map((site) => site.workspaceId))).toEqual(new Set([ours]));
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
