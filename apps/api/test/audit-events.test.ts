import { newId } from '@apms/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillDemo } from '../src/demo/fill-demo.ts';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient } from './support/start-api.ts';

let api: TestApi;
let clerk: TestClient;
beforeAll(async () => {
  api = await startApi();
  clerk = api.as(api.workspace.people.DOC_CONTROL);
});
afterAll(() => api.stop());

test('list finds events by who, what, which action and when, the latest first', async () => {
  const before = new Date().toISOString();
  const site = await clerk.sites.create.mutate({ siteCode: newId(), name: 'A site' });
  await clerk.sites.update.mutate({ siteId: site.id, name: 'Another name' });
  const list = clerk.auditEvents.list.query;
  const ofSite = await list({ entityType: 'site', entityId: site.id });
  expect(ofSite.items).toMatchObject([
    { action: 'sites.update', actorId: api.workspace.people.DOC_CONTROL.userId, actorName: 'DOC_CONTROL' },
    { action: 'sites.create', entityName: site.siteCode, details: { siteCode: site.siteCode } },
  ]);
  const narrowed = { entityId: site.id, since: before };
  expect((await list({ ...narrowed, actionPrefix: 'sites.create' })).items).toHaveLength(1);
  expect((await list({ ...narrowed, actionPrefix: 'sites.' })).items).toHaveLength(2);
  expect((await list({ ...narrowed, actorId: api.workspace.people.ADMIN.userId })).items).toEqual([]);
  expect((await list({ entityId: site.id, until: before })).items).toEqual([]);
  const page = await list({ entityId: site.id, limit: 1 });
  const next = await list({ entityId: site.id, limit: 1, cursor: page.nextCursor ?? '' });
  expect(next).toMatchObject({ items: [{ action: 'sites.create' }], nextCursor: null });
  const [latest] = ofSite.items;
  expect(await clerk.auditEvents.get.query({ auditEventId: latest?.id ?? '' })).toEqual(latest);
});

test('another workspace sees none of them', async () => {
  const site = await clerk.sites.create.mutate({ siteCode: newId(), name: 'A site' });
  const { items } = await clerk.auditEvents.list.query({ entityId: site.id });
  const auditEventId = items[0]?.id ?? '';
  const stranger = api.as((await api.createWorkspace()).people.ADMIN);
  expect((await stranger.auditEvents.list.query({ entityId: site.id })).items).toEqual([]);
  expect(await failureOf(stranger.auditEvents.get.query({ auditEventId }))).toEqual({
    code: 'ENTITY_NOT_FOUND',
    entity: 'auditEvent',
    id: auditEventId,
  });
});

test('each event says what people call its entity, as far as it is there and has a name', async () => {
  const demo = await fillDemo(api);
  const admin = api.as(api.workspace.people.ADMIN, { workspaceId: demo.workspaceId });
  const { userId } = api.workspace.people.ADMIN;
  await api.database.prisma.workspaceMembership.create({
    data: { id: newId(), workspaceId: demo.workspaceId, userId, role: 'ADMIN' },
  });
  const names = async (entityType: string) => {
    const { items } = await admin.auditEvents.list.query({ entityType, limit: 1 });
    return items.map(({ entityName }) => entityName);
  };
  expect(await names('submission')).toEqual([expect.stringMatching(/^ATP-/)]);
  expect(await names('document')).toEqual([expect.stringMatching(/\.(?:csv|xlsx)$/)]);
  expect(await names('configVersion')).toEqual([expect.stringMatching(/\.xlsx$/)]);
  expect(await names('workflow')).toEqual([expect.stringMatching(/^LKT-/)]);
  expect(await names('workflowStage')).toEqual([expect.stringMatching(/^LKT-/)]);
  expect(await names('punchlistItem')).toEqual([expect.stringMatching(/^P-/)]);
  expect(await names('vendor')).toEqual(['NORTH-TOWER']);
  expect(await names('override')).toEqual([null]);
  const deleted = await admin.auditEvents.list.query({ actionPrefix: 'clusters.delete' });
  expect(deleted.items).toMatchObject([{ entityName: null }]);
});

test.each([{ actionPrefix: "sites' or true --" }, { since: 'yesterday' }, { until: '2026-13-01T00:00:00Z' }])(
  'refuses %j',
  async (input) => {
    expect(await failureOf(clerk.auditEvents.list.query(input))).toEqual({ code: 'INPUT_INVALID' });
  },
);
