import { newId } from '@apms/db';
import type { Site } from '@apms/validators';
import type { inferProcedureInput, inferProcedureOutput } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import type { AppRouter } from '../src/index.ts';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient } from './support/start-api.ts';

let api: TestApi;
let clerk: TestClient;

beforeAll(async () => {
  api = await startApi();
  clerk = api.as(api.workspace.people.DOC_CONTROL);
});
afterAll(() => api.stop());

const newSite = () => ({ siteCode: `S-${newId()}`, name: 'Langkat 1' });

describe('create', () => {
  test('adds a site and records who did it', async () => {
    const site = await clerk.sites.create.mutate({ ...newSite(), latitude: 3.5, longitude: 98.6 });
    expect(await clerk.sites.get.query({ siteId: site.id })).toEqual(site);
    const events = await api.database.prisma.auditEvent.findMany({ where: { entityId: site.id } });
    expect(events).toMatchObject([
      { action: 'sites.create', actorId: api.workspace.people.DOC_CONTROL.userId, entityType: 'site' },
    ]);
  });

  test('refuses a second site of the same code', async () => {
    const site = newSite();
    await clerk.sites.create.mutate(site);
    expect(await failureOf(clerk.sites.create.mutate(site))).toEqual({
      code: 'ENTITY_DUPLICATE',
      entity: 'sites',
      fields: ['siteCode'],
      value: site.siteCode,
    });
  });

  test('refuses half a position, saying where', async () => {
    const failing = clerk.sites.create.mutate({ ...newSite(), latitude: 3.5 });
    await expect(failing).rejects.toMatchObject({
      data: { appError: { code: 'INPUT_INVALID' }, inputIssues: [{ path: ['longitude'] }], httpStatus: 400 },
    });
  });

  test('happens once for twenty simultaneous calls with one key', async () => {
    const site = newSite();
    const once = api.as(api.workspace.people.DOC_CONTROL, { headers: { 'idempotency-key': newId() } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => once.sites.create.mutate(site)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await failureOf(once.sites.create.mutate({ ...site, name: 'Another' }))).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });
});

describe('update', () => {
  test('changes what is given and nothing else', async () => {
    const site = await clerk.sites.create.mutate({ ...newSite(), region: 'NS' });
    const changed = await clerk.sites.update.mutate({ siteId: site.id, region: null, status: 'INACTIVE' });
    expect(changed).toEqual({ ...site, region: null, status: 'INACTIVE', updatedAt: changed.updatedAt });
  });

  test('refuses an unknown site', async () => {
    const siteId = newId();
    expect(await failureOf(clerk.sites.update.mutate({ siteId, name: 'x' }))).toEqual({
      code: 'ENTITY_NOT_FOUND',
      entity: 'site',
      id: siteId,
    });
  });
});

describe('list', () => {
  test('pages through all sites once, in order, with filters', async () => {
    const marker = newId();
    for (const number of [3, 1, 2, 5, 4]) {
      await clerk.sites.create.mutate({ siteCode: `${marker}-${number}`, name: `100%_${number}` });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await clerk.sites.list.query({ search: marker, limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ siteCode }) => siteCode));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual([1, 2, 3, 4, 5].map((number) => `${marker}-${number}`));
    expect((await clerk.sites.list.query({ search: '0%_5' })).items).toHaveLength(1);
    expect((await clerk.sites.list.query({ search: '0_5' })).items).toHaveLength(0);
  });

  test.each(['', 'nonsense', Buffer.from('["a"]').toString('base64url')])(
    'refuses the cursor %j',
    async (cursor) => {
      expect(await failureOf(clerk.sites.list.query({ cursor }))).toEqual({ code: 'CURSOR_INVALID' });
    },
  );
});

describe('access', () => {
  test('nobody, other roles, other workspaces', async () => {
    const site = await clerk.sites.create.mutate(newSite());
    const { people, id } = api.workspace;
    const elsewhere = await api.createWorkspace();
    const stranger = elsewhere.people.ADMIN;
    const read = { siteId: site.id };
    expect(await failureOf(api.as(null).sites.get.query(read))).toEqual({ code: 'UNAUTHENTICATED' });
    expect(await failureOf(api.as(people.VIEWER).sites.create.mutate(newSite()))).toEqual({
      code: 'PERMISSION_DENIED',
      permission: 'sites.write',
    });
    expect(await failureOf(api.as(stranger).sites.get.query(read))).toMatchObject({
      code: 'ENTITY_NOT_FOUND',
    });
    expect(await failureOf(api.as(stranger, { workspaceId: id }).sites.get.query(read))).toEqual({
      code: 'WORKSPACE_NOT_FOUND',
      workspaceId: id,
    });
    expect(await failureOf(api.as(stranger, { workspaceId: null }).sites.get.query(read))).toEqual({
      code: 'WORKSPACE_REQUIRED',
    });
  });

  test('an anonymous caller learns nothing from validation', async () => {
    const response = await fetch(`${api.url}/trpc/sites.create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"nonsense":true}',
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: { data: { appError: { code: 'UNAUTHENTICATED' }, inputIssues: [] } },
    });
  });
});

test('types: dates are strings on the wire, filters are optional', () => {
  expectTypeOf<inferProcedureOutput<AppRouter['sites']['get']>>().toEqualTypeOf<Site>();
  expectTypeOf<Site['createdAt']>().toBeString();
  expectTypeOf<{ limit: 5 }>().toExtend<inferProcedureInput<AppRouter['sites']['list']>>();
});
