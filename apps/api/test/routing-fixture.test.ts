import { configLookup } from '@apms/db/checks';
import type { RoutingPreview } from '@apms/validators';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertDocument, readFixture } from './support/config-versions.ts';
import { insertSites } from './support/configuration.ts';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient } from './support/start-api.ts';

let api: TestApi;
let clerk: TestClient;
let versionId: string;

beforeAll(async () => {
  api = await startApi();
  clerk = api.as(api.workspace.people.DOC_CONTROL);
  const manager = api.as(api.workspace.people.CONFIG_MANAGER).configVersions;
  const { id: documentId } = await insertDocument(api, api.workspace, await readFixture());
  ({ id: versionId } = await manager.import.mutate({ documentId }));
  await manager.activate.mutate({ configVersionId: versionId, acknowledgeWarnings: true });
  await api.database.pool.query('analyze');
});
afterAll(() => api.stop());

interface Work {
  readonly siteId: string;
  readonly scopeCode: string;
  readonly vendorCode: string | null;
  readonly atpCategory: 'HARDWARE' | 'SOFTWARE' | 'BOTH';
}

/** Every policy's scope, vendor and category, at a site in each of a few clusters that the rosters have. */
async function someWork(): Promise<Work[]> {
  const { rows: clusters } = await api.database.pool.query<{ code: string }>(
    `select code from (
       select cluster_code as code, row_number() over (order by cluster_code) as n
       from cluster_master where config_version_id = $1 group by cluster_code
     ) c where n % 150 = 0`,
    [versionId],
  );
  const sites = await Promise.all(clusters.map(({ code }) => insertSites(api, 1, code)));
  const { rows: keys } = await api.database.pool.query<Omit<Work, 'siteId'>>(
    `select s.scope_code as "scopeCode", v.vendor_code as "vendorCode", p.atp_category as "atpCategory"
     from approval_policy_master p join atp_scope_master s on s.id = p.scope_id
     left join vendor_master v on v.id = p.vendor_id where p.config_version_id = $1`,
    [versionId],
  );
  return sites.flat().flatMap((siteId) => keys.map((key) => ({ siteId, ...key })));
}

/** The seats of a policy whose roster has nobody for the site, and the primaries of the others, by stage. */
async function rosterOf(policyId: string, siteId: string) {
  const { rows } = await api.database.pool.query<{
    stageNumber: number;
    roleCode: string;
    primary: string | null;
  }>(
    `select ps.stage_number as "stageNumber", r.role_code as "roleCode", (
       select a.user_id from cluster_master c join cluster_approver_master a on a.cluster_id = c.id
       where c.scope_id = p.scope_id and c.cluster_code = si.cluster_code and a.role_id = ps.role_id and a.rank = 1
     ) as primary
     from approval_policy_master p join approval_policy_stages ps on ps.policy_id = p.id
     join approval_role_master r on r.id = ps.role_id cross join sites si
     where p.id = $1 and si.id = $2 and ps.assignment_mode = 'CLUSTER' and ps.is_required
     order by ps.stage_number, ps.sequence_order`,
    [policyId, siteId],
  );
  return rows;
}

test('the production workbook routes each work by the policy and the roster that it says', async () => {
  const work = await someWork();
  let routed = 0;
  for (const asked of work) {
    const { rows } = await api.database.pool.query<{ id: string }>(configLookup.sql, [
      api.workspace.id,
      asked.scopeCode,
      asked.vendorCode,
      asked.atpCategory,
    ]);
    const policyId = rows[0]?.id ?? '';
    const roster = await rosterOf(policyId, asked.siteId);
    const preview = clerk.workflows.preview.query(asked);
    const empty = roster.find(({ primary }) => primary === null);
    const result = await (empty === undefined ? preview : failureOf(preview));
    expect(result).toMatchObject(
      empty === undefined
        ? { policy: { id: policyId } }
        : { code: 'APPROVER_NOT_FOUND', roleCode: empty.roleCode, stageNumber: empty.stageNumber },
    );
    if (empty !== undefined) continue;
    routed += 1;
    expect(primariesOf(await preview)).toEqual(roster.map(({ primary }) => primary));
  }
  // Those that do not are in clusters that the scope's own sheet does not have.
  expect(routed).toBeGreaterThan(work.length / 2);
});

/** Nobody of the workbook has signed in yet, so each roster's primary is asked all the same. */
function primariesOf({ stages }: RoutingPreview): string[] {
  return stages.flatMap(({ assignmentMode, approver }) =>
    assignmentMode === 'CLUSTER' && approver?.source === 'PRIMARY' && approver.status === 'PENDING'
      ? [approver.id]
      : [],
  );
}

test('the scopes without a roster are started too: their seats fall to approvers of the workspace', async () => {
  const [siteId = ''] = await insertSites(api, 1);
  const { rows } = await api.database.pool.query<Omit<Work, 'siteId'>>(
    `select s.scope_code as "scopeCode", v.vendor_code as "vendorCode", p.atp_category as "atpCategory"
     from approval_policy_master p join atp_scope_master s on s.id = p.scope_id and not s.requires_cluster
     left join vendor_master v on v.id = p.vendor_id where p.config_version_id = $1`,
    [versionId],
  );
  expect(new Set(rows.map(({ scopeCode }) => scopeCode))).toEqual(new Set(['MW_UPGRADE', 'VLAN_TAGGING']));
  for (const work of rows) {
    const { stages } = await clerk.workflows.start.mutate({ siteId, ...work });
    expect(new Set(stages.map(({ approver }) => approver?.id))).toEqual(
      new Set([api.workspace.people.APPROVER.userId]),
    );
  }
});
