import { seedDatabase } from '@apms/db/seed';
import { writeWorkbook } from '@apms/workbook';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallRows, XLSX } from './support/config-versions.ts';
import {
  answeringProcedures,
  countsInWords,
  mutatingProcedures,
  type QueryCounter,
  queryCounter,
} from './support/query-counter.ts';
import { queryCounts } from './support/query-counts.ts';
import { startApi, type TestApi, type TestPerson } from './support/start-api.ts';

/** What is not called here, and why. */
const NOT_COUNTED: Readonly<Record<string, string>> = {
  'deployments.report': 'reads a file of the deploy tool',
  'integrityAudits.remediate': 'needs orphans, which a sound database has not',
  'integrityAudits.restore': 'needs rows that were put aside',
};

/** Where the event has another name than the procedure. */
const EVENT_OF: Readonly<Record<string, string>> = {
  'configVersions.export': 'documents.upload',
};

let api: TestApi;
let workspaceId: string;
let me: TestPerson;
let other: TestPerson;
let counter: QueryCounter;

beforeAll(async () => {
  api = await startApi();
  const client = await api.testDatabase.connect();
  await seedDatabase(client, { workflows: 400, workspaces: 1 });
  const { rows } = await client.query<{ id: string }>("select id from workspaces where code like 'SEED-%'");
  workspaceId = rows[0]?.id ?? '';
  me = await api.createPerson(workspaceId, ['ADMIN', 'APPROVER']);
  other = await api.createPerson(workspaceId, ['ADMIN']);
  counter = queryCounter(api, workspaceId, me);
});
afterAll(() => api.stop());

async function idBySql(sql: string): Promise<string> {
  const { rows } = await api.database.pool.query<{ id: string }>(sql);
  const [row] = rows;
  if (row === undefined) throw new Error(`nothing found: ${sql}`);
  return row.id;
}

async function upload(content: Uint8Array, mediaType: string): Promise<string> {
  const response = await fetch(`${api.url}/documents?name=file`, {
    method: 'POST',
    headers: { ...me.credentials, 'x-workspace-id': workspaceId, 'content-type': mediaType },
    body: Buffer.from(content),
  });
  const { id }: { id: string } = JSON.parse(await response.text());
  return id;
}

const pdf = () => upload(Buffer.from('%PDF-1.7\n%%EOF\n'), 'application/pdf');

test('every procedure sends a fixed number of statements and round trips, and leaves an event of what it changes', async () => {
  await foundation();
  await workflows();
  await submissions();
  await configuration();
  await access();
  expect(countsInWords(counter)).toEqual(queryCounts);
  const missing = answeringProcedures.filter((path) => !counter.counts.has(path) && !(path in NOT_COUNTED));
  expect(missing).toEqual([]);
  expect(await silentProcedures()).toEqual([]);
});

/** The procedures that changed something without an event of their name. */
async function silentProcedures(): Promise<string[]> {
  const events = await api.database.prisma.auditEvent.findMany({ distinct: ['action'] });
  const actions = new Set(events.map(({ action }) => action));
  return mutatingProcedures.filter((path) => !actions.has(EVENT_OF[path] ?? path) && !(path in NOT_COUNTED));
}

async function foundation(): Promise<void> {
  const { call } = counter;
  await call('health.get');
  await call('users.me');
  await call('users.updateMe', { name: 'Me' });
  await call('users.list');
  await call('users.get', { userId: other.userId });
  await call('memberships.list');
  await call('workspaces.list');
  await call('workspaces.get');
  await call('workspaceSettings.get');
  await call('workspaceSettings.update', { stageSlaHours: 40 });
  const site = await call('sites.create', { siteCode: 'Q-1', name: 'A site', clusterCode: 'CL-001' });
  await call('sites.update', { siteId: site.id, name: 'Another name' });
  await call('sites.get', { siteId: site.id });
  await call('sites.list');
  const events = await call('auditEvents.list');
  await call('auditEvents.get', { auditEventId: events.items[0]?.id });
  const documents = await call('documents.list');
  await call('documents.get', { documentId: documents.items[0]?.id });
  await call('deployments.targets');
  await call('deployments.history', { target: 'production' });
  const audit = await call('integrityAudits.run');
  await call('integrityAudits.get', { auditId: audit.id });
  await call('integrityAudits.history');
  await call('integrityAudits.trend');
  await call('integrityAudits.orphans', { auditId: audit.id });
  const constraintName = await idBySql(
    `select conname as id from pg_constraint where contype = 'f' and conrelid = 'workflow_stages'::regclass limit 1`,
  );
  await call('integrityAudits.preview', { constraintName });
  await call('integrityAudits.quarantined');
}

/** A workflow whose first stage is ours. */
async function startOurs(siteId: string): Promise<{ workflowId: string; stageId: string }> {
  const chain = { siteId, scopeCode: 'RAN', vendorCode: null, atpCategory: 'HARDWARE' };
  await counter.call('workflows.preview', chain);
  const { id: workflowId } = await counter.call('workflows.start', chain);
  const stageId = await idBySql(
    `select id from workflow_stages where workflow_id = '${workflowId}' and status = 'PENDING'`,
  );
  await counter.call('workflows.reassign', { stageId, toUserId: me.userId, reason: 'Ours' });
  return { workflowId, stageId };
}

async function workflows(): Promise<void> {
  const { call } = counter;
  const siteId = await idBySql(`select id from sites where site_code = 'S000001'`);
  const { workflowId, stageId } = await startOurs(siteId);
  await call('workflows.get', { workflowId });
  await call('workflows.list');
  await call('workflows.inbox');
  await call('workflows.inboxCodes');
  await call('workflows.lastDecision');
  await call('workflows.getStage', { stageId });
  await call('workflows.comment', { stageId, comment: 'Looking at it' });
  await call('workflows.hold', { workflowId, reason: 'Access to the site' });
  await call('workflows.resume', { workflowId });
  const items = ['one', 'two', 'three'].map((description) => ({ description, severity: 'MINOR' }));
  await call('workflows.decide', { stageId, decision: 'APPROVE_WITH_PUNCHLIST', items });
  await call('workflows.timeline', { workflowId });
  const [list] = (await call('punchlists.list', { workflowId })).items;
  await call('punchlists.get', { punchlistId: list?.id });
  const found = await call('punchlists.listItems', { workflowId });
  const [first, second] = found.items.map(({ id }) => id);
  await closeItem(first);
  await call('punchlists.rectify', { itemId: second, evidenceDocumentId: await pdf() });
  await call('punchlists.reopen', { itemId: second, comment: 'Not done' });
  await call('workflows.cancel', { workflowId: (await startOurs(siteId)).workflowId, reason: 'Enough' });
  const optional = await idBySql(
    `select s.id from workflow_stages s join workflow_instances w on w.id = s.workflow_id
     where s.status = 'PENDING' and not s.is_required and w.status = 'IN_PROGRESS' order by s.id limit 1`,
  );
  await call('workflows.skip', { stageId: optional, reason: 'Not needed here' });

  const seat = await idBySql(
    `select s.id from workflow_stages s join workflow_instances w on w.id = s.workflow_id
     where s.status = 'PENDING' and w.status = 'IN_PROGRESS' order by s.id desc limit 1`,
  );
  const request = { overrideType: 'STAGE', stageId: seat, toUserId: me.userId, reason: 'On leave' };
  const asked = await call('overrides.request', { ...request, toUserId: await anApprover() });
  await call('overrides.get', { overrideId: asked.id });
  await call('overrides.list');
  await call('overrides.approve', { overrideId: asked.id }, other);
  await call('overrides.revoke', { overrideId: asked.id });
  const refused = await call('overrides.request', { ...request, toUserId: await anApprover() });
  await call('overrides.reject', { overrideId: refused.id }, other);
}

async function closeItem(itemId: string | undefined): Promise<void> {
  await counter.call('punchlists.rectify', { itemId, evidenceDocumentId: await pdf() });
  await counter.call('punchlists.validate', { itemId });
  await counter.call('punchlists.close', { itemId });
}

function anApprover(): Promise<string> {
  return idBySql(
    `select user_id as id from workspace_memberships m join users u on u.id = m.user_id
     where m.role = 'APPROVER' and u.status = 'ACTIVE' and workspace_id = '${workspaceId}' order by m.id limit 1`,
  );
}

async function submissions(): Promise<void> {
  const { call } = counter;
  const create = async (siteCode: string) => {
    const { id: siteId } = await call('sites.create', { siteCode, name: siteCode, clusterCode: 'CL-001' });
    return await call('submissions.create', { siteId, scopeCode: 'RAN', atpCategory: 'HARDWARE' });
  };
  const { id: submissionId } = await create('Q-2');
  const wrong = await pdf();
  const attached = { submissionId, documentType: 'ATP_FORM' };
  await call('submissions.attachDocument', { ...attached, documentId: wrong });
  await call('submissions.detachDocument', { submissionId, documentId: wrong });
  await call('submissions.attachDocument', { ...attached, documentId: await pdf() });
  await call('submissions.submit', { submissionId });
  await call('submissions.returnQa', { submissionId, comment: 'A page is missing' });
  await call('submissions.submit', { submissionId });
  await call('submissions.acceptQa', { submissionId });
  await call('submissions.get', { submissionId });
  await call('submissions.list');
  await call('submissions.cancel', { submissionId: (await create('Q-3')).id, comment: 'No longer' });
  const inState = (status: string) =>
    idBySql(
      `select s.id from atp_submissions s where status = '${status}' and not exists (
         select from punchlists p join punchlist_items i on i.punchlist_id = p.id
         where p.workflow_id = s.workflow_id and i.status <> 'CLOSED') order by s.id limit 1`,
    );
  const stageId = await idBySql(
    `select s.id from workflow_stages s join atp_submissions a on a.workflow_id = s.workflow_id
     where a.id = '${submissionId}' and s.status = 'PENDING'`,
  );
  await call('workflows.reassign', { stageId, toUserId: me.userId, reason: 'Ours' });
  const items = [{ description: 'It does not stand', severity: 'CRITICAL' }];
  await call('workflows.decide', { stageId, decision: 'REJECT', items });
  const [item] = (await call('punchlists.listItems', { submissionId })).items;
  await closeItem(item?.id);
  await call('submissions.attachDocument', { ...attached, documentId: await pdf() });
  await call('submissions.resubmit', { submissionId });
  await call('submissions.complete', { submissionId: await inState('APPROVED') });
}

async function configuration(): Promise<void> {
  const { call } = counter;
  const documentId = await upload(await writeWorkbook(smallRows()), XLSX);
  const { id: configVersionId } = await call('configVersions.import', { documentId });
  const idOf = async (path: string) => (await call(path, { configVersionId })).items[0]?.id ?? '';
  await call('configVersions.list');
  await call('configVersions.get', { configVersionId });
  await call('configVersions.findings', { configVersionId });
  await call('configVersions.findingCounts', { configVersionId });
  await call('configVersions.rows', { configVersionId, kind: 'clusters' });

  const scopeId = await idOf('scopes.list');
  await call('scopes.get', { scopeId });
  const scope = await call('scopes.create', {
    configVersionId,
    scopeCode: 'MW',
    scopeName: 'MW',
    scopeGroup: 'MICROWAVE',
    atpType: 'HARDWARE',
    atpCategory: 'HARDWARE',
  });
  await call('scopes.update', { scopeId: scope.id, scopeName: 'Microwave' });
  await call('scopes.delete', { scopeId: scope.id });

  await call('vendors.get', { vendorId: await idOf('vendors.list') });
  const vendor = await call('vendors.create', { configVersionId, vendorCode: 'NEW', vendorName: 'New' });
  await call('vendors.update', { vendorId: vendor.id, vendorName: 'Newer' });
  await call('vendors.delete', { vendorId: vendor.id });

  const roleId = await idOf('approvalRoles.list');
  await call('approvalRoles.get', { approvalRoleId: roleId });
  const roleOf = { configVersionId, roleName: 'A seat', stageGroup: 'REVIEW' };
  const role = await call('approvalRoles.create', { ...roleOf, roleCode: 'SEAT', hierarchyOrder: 9 });
  await call('approvalRoles.update', { approvalRoleId: role.id, roleName: 'The seat' });
  await call('approvalRoles.delete', { approvalRoleId: role.id });

  await call('approvalPolicies.get', { approvalPolicyId: await idOf('approvalPolicies.list') });
  const policy = await call('approvalPolicies.create', {
    configVersionId,
    policyCode: 'RAN-SW',
    policyName: 'Software',
    scopeId,
    atpCategory: 'SOFTWARE',
    stages: [{ stageNumber: 1, roleId }],
  });
  await call('approvalPolicies.update', { approvalPolicyId: policy.id, policyName: 'Other' });
  await call('approvalPolicies.delete', { approvalPolicyId: policy.id });

  await call('clusters.get', { clusterId: await idOf('clusters.list') });
  await call('clusters.regions', { configVersionId });
  const cluster = await call('clusters.create', { configVersionId, scopeId, clusterCode: 'CL-9' });
  await call('clusters.update', { clusterId: cluster.id, region: 'NORTH' });

  await call('clusterApprovers.get', { clusterApproverId: await idOf('clusterApprovers.list') });
  const seat = { clusterId: cluster.id, roleId };
  const approver = await call('clusterApprovers.create', { ...seat, userId: me.userId });
  const clusterApproverId = approver.id;
  await call('clusterApprovers.update', { clusterApproverId, effectiveFrom: '2026-01-01' });
  await call('clusterApprovers.delete', { clusterApproverId });
  await call('clusterApprovers.set', { ...seat, people: [{ userId: me.userId }, { userId: other.userId }] });
  await call('clusters.delete', { clusterId: cluster.id });

  await call('configVersions.export', { configVersionId });
  await call('configVersions.activate', { configVersionId, acknowledgeWarnings: true });
  const formerId = await idBySql(
    `select id from config_versions where status = 'SUPERSEDED' and source_type = 'APPROVAL_MATRIX' order by id limit 1`,
  );
  await call('configVersions.compare', { fromVersionId: formerId, toVersionId: configVersionId });
  await call('configVersions.rollback', { configVersionId: formerId });
  await call('configVersions.archive', { configVersionId: formerId });
  const { id: draftId } = await call('configVersions.import', {
    documentId: await upload(await writeWorkbook(smallRows({ vendors: [], policies: [] })), XLSX),
  });
  await call('configVersions.discard', { configVersionId: draftId });
}

async function access(): Promise<void> {
  const { call } = counter;
  const { bearer } = await api.signIn(me);
  const key = await call('apiKeys.create', { name: 'A machine' }, { ...me, credentials: bearer });
  await call('apiKeys.list');
  await call('apiKeys.revoke', { apiKeyId: key.id });
  const somebody = { email: 'new@opco.example', name: 'New', roles: ['VIEWER'] };
  const { id: userId } = await call('users.create', somebody);
  await call('users.resendInvitation', { userId });
  await call('users.update', { userId: me.userId, name: 'Me again' });
  const membership = await call('memberships.grant', { userId, role: 'VENDOR' });
  await call('memberships.revoke', { membershipId: membership.id });
  await call('users.setStatus', { userId: other.userId, status: 'INACTIVE', reason: 'Left' });
  await call('workspaces.update', { name: 'A programme' });
}
