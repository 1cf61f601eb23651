import { newId } from '@apms/db';
import type { ConfigVersionDetails } from '@apms/validators';
import { readWorkbook, usualDefaults, writeWorkbook } from '@apms/workbook';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertDocument, readFixture } from './support/config-versions.ts';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient } from './support/start-api.ts';

// The figures are those that packages/workbook/test/hand-count.py counts in the file's own XML.
const sheets = [
  { scopes: ['RAN', 'MW'], clusters: 1757, sites: 48823, approvers: 5289 },
  { scopes: ['PLN_UPGRADE'], clusters: 1757, sites: 48823, approvers: 3514 },
  { scopes: ['DISMANTLE_DROP'], clusters: 1502, sites: 17502, approvers: 4522 },
  { scopes: ['DISMANTLE_KEEP'], clusters: 1502, sites: 17502, approvers: 5172 },
];

let api: TestApi;
let manager: TestClient['configVersions'];
let fixture: Uint8Array;
let first: ConfigVersionDetails;

async function importFile(bytes: Uint8Array): Promise<ConfigVersionDetails> {
  const { id: documentId } = await insertDocument(api, api.workspace, bytes);
  return await manager.import.mutate({ documentId, notes: 'August 2025' });
}

beforeAll(async () => {
  api = await startApi();
  manager = api.as(api.workspace.people.CONFIG_MANAGER).configVersions;
  fixture = await readFixture();
  first = await importFile(fixture);
});
afterAll(() => api.stop());

test('holds of each sheet exactly the clusters, sites, seats, people and policies that were counted by hand', async () => {
  expect(first).toMatchObject({
    versionNumber: 1,
    status: 'DRAFT',
    validationStatus: 'WARNINGS',
    notes: 'August 2025',
    sourceFileName: 'matrix.xlsx',
    counts: { scopes: 10, vendors: 5, roles: 8, policies: 24, stages: 58, clusters: 8275, approvers: 23786 },
    errors: 0,
  });
  const { rows } = await api.database.pool.query(
    `select s.scope_code as scope, count(*)::int as clusters, sum(c.site_count)::int as sites,
            sum((select count(*) from cluster_approver_master a where a.cluster_id = c.id))::int as approvers
     from cluster_master c join atp_scope_master s on s.id = c.scope_id
     where c.config_version_id = $1 group by s.scope_code order by s.scope_code collate "C"`,
    [first.id],
  );
  const counted = sheets.flatMap(({ scopes, ...counts }) => scopes.map((scope) => ({ scope, ...counts })));
  expect(rows).toEqual(counted.toSorted((a, b) => (a.scope < b.scope ? -1 : 1)));
  const { rows: people } = await api.database.pool.query(
    `select count(distinct u.id)::int as people, count(distinct u.id) filter (where u.status = 'PENDING')::int as pending
     from cluster_approver_master a join users u on u.id = a.user_id where a.config_version_id = $1`,
    [first.id],
  );
  expect(people).toEqual([{ people: 157, pending: 157 }]);
});

test('tells every conflict and irregularity with its place', async () => {
  const configVersionId = first.id;
  const found = new Map<string, number>();
  let cursor: string | undefined;
  do {
    const page = await manager.findings.query({ configVersionId, limit: 200, ...(cursor ? { cursor } : {}) });
    for (const { code } of page.items) found.set(code, (found.get(code) ?? 0) + 1);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const { findings } = await readWorkbook(fixture, { defaults: usualDefaults });
  const ofWorkbook = Map.groupBy(findings, ({ code }) => code);
  for (const [code, list] of ofWorkbook) expect([code, found.get(code)]).toEqual([code, list.length]);
  // Rows of a sheet that repeat a cluster with another M-sequence or other people.
  expect(found.get('CLUSTER_CONFLICT')).toBe(2 * (96 + 15) + 2 * (90 + 21));
  // What its rows lack beside that: three seats nobody holds in two scopes, and three scopes without a chain.
  expect(found.get('AUTO_SEAT_EMPTY')).toBe(4);
  expect(found.get('SCOPE_WITHOUT_POLICY')).toBe(3);
  expect([...found.values()].reduce((sum, count) => sum + count, 0)).toBe(findings.length + 4 + 3);

  const conflicts = await manager.findings.query({
    configVersionId,
    code: 'CLUSTER_CONFLICT',
    sheet: 'RAN_MW',
  });
  expect(conflicts.items[0]).toMatchObject({ severity: 'WARNING', sheet: 'RAN_MW', row: expect.any(Number) });
  expect((await manager.findings.query({ configVersionId, severity: 'ERROR' })).items).toEqual([]);
  expect(await failureOf(manager.findings.query({ configVersionId, cursor: 'x' }))).toEqual({
    code: 'CURSOR_INVALID',
  });
  const elsewhere = api.as((await api.createWorkspace()).people.ADMIN).configVersions;
  expect(await failureOf(elsewhere.findings.query({ configVersionId }))).toMatchObject({
    code: 'ENTITY_NOT_FOUND',
  });
});

test('is activated, refused a second time, compared with an edited copy, replaced and rolled back to', async () => {
  await manager.activate.mutate({ configVersionId: first.id, acknowledgeWarnings: true });
  const workflowId = await startWorkflow(first.id);
  expect(await failureOf(importFile(fixture))).toEqual({
    code: 'CONFIG_VERSION_UNCHANGED',
    sourceType: 'APPROVAL_MATRIX',
    activeVersionNumber: 1,
  });

  const { rows } = await readWorkbook(fixture, { defaults: usualDefaults });
  const [dropped, recounted] = rows.clusters;
  const clusters = rows.clusters.slice(1);
  if (dropped === undefined || recounted === undefined) throw new Error('the fixture has clusters');
  clusters[0] = { ...recounted, siteCount: recounted.siteCount + 5 };
  const approvers = rows.approvers.filter((row) => {
    return row.scopeCode !== dropped.scopeCode || row.clusterCode !== dropped.clusterCode;
  });
  const seats = rows.approvers.length - approvers.length;
  const edited = await importFile(await writeWorkbook({ ...rows, clusters, approvers }));
  expect(edited).toMatchObject({ versionNumber: 2, status: 'DRAFT' });
  const { summary, items } = await manager.compare.query({ fromVersionId: first.id, toVersionId: edited.id });
  expect(summary.filter((kind) => kind.added + kind.removed + kind.changed > 0)).toEqual([
    { kind: 'clusters', added: 0, removed: 1, changed: 1 },
    { kind: 'approvers', added: 0, removed: seats, changed: 0 },
  ]);
  expect(items.find(({ change }) => change === 'CHANGED')).toMatchObject({
    key: [recounted.scopeCode, recounted.clusterCode],
    changedFields: ['siteCount'],
  });

  await manager.activate.mutate({ configVersionId: edited.id, acknowledgeWarnings: true });
  const back = await manager.rollback.mutate({ configVersionId: first.id });
  expect(back).toMatchObject({ versionNumber: 3, status: 'ACTIVE', isRollback: true, counts: first.counts });
  const same = await manager.compare.query({ fromVersionId: first.id, toVersionId: back.id });
  expect(same.items).toEqual([]);
  const workflow = await api.database.prisma.workflowInstance.findUnique({ where: { id: workflowId } });
  expect(workflow?.configVersionId).toBe(first.id);
});

test('is exported as a workbook that imports to the same rows', async () => {
  const document = await manager.export.mutate({ configVersionId: first.id });
  expect(document.name).toBe('approval-matrix-v1.xlsx');
  const again = await manager.import.mutate({ documentId: document.id });
  expect(again).toMatchObject({ counts: first.counts, sourceChecksum: document.sha256 });
  const { items } = await manager.compare.query({ fromVersionId: first.id, toVersionId: again.id });
  expect(items).toEqual([]);
  // Where each row came from travels with it.
  const clustersOf = async (configVersionId: string) => {
    const page = await manager.rows.query({ configVersionId, kind: 'clusters', limit: 200 });
    const ofRan = page.items.filter((row) => row.kind === 'clusters' && row.scopeCode === 'RAN');
    return ofRan.slice(0, 20).map((row) => ({ ...row, id: '' }));
  };
  expect(await clustersOf(again.id)).toEqual(await clustersOf(first.id));
});

/** A running workflow of the version, by SQL. */
async function startWorkflow(configVersionId: string): Promise<string> {
  const id = newId();
  const site = await api
    .as(api.workspace.people.DOC_CONTROL)
    .sites.create.mutate({ siteCode: id, name: 'A site' });
  await api.database.pool.query(
    `insert into workflow_instances (id, workspace_id, config_version_id, policy_id, site_id, scope_id, vendor_id,
       atp_category, total_stages, routing_snapshot)
     select $1, p.workspace_id, p.config_version_id, p.id, $3, p.scope_id, p.vendor_id, p.atp_category, 3, '{}'
     from approval_policy_master p where p.config_version_id = $2 order by p.id limit 1`,
    [id, configVersionId, site.id],
  );
  return id;
}
