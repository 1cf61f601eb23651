import type { ConfigRowKind, ListConfigRows } from '@apms/validators';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { revalidate } from '../src/modules/config-versions/revalidate.ts';
import { importRows, insertDocument, readFixture, smallRows } from './support/config-versions.ts';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient, type TestWorkspace } from './support/start-api.ts';

let api: TestApi;
let workspace: TestWorkspace;
let manager: TestClient['configVersions'];

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  workspace = await api.createWorkspace();
  manager = api.as(workspace.people.CONFIG_MANAGER).configVersions;
});

const upload = async (bytes: Uint8Array) => (await insertDocument(api, workspace, bytes)).id;

describe('an exported workbook', () => {
  test('keeps everything that a person can set, and imports to the same rows', async () => {
    const rows = smallRows();
    const { id } = await importRows(
      api,
      {
        ...rows,
        scopes: rows.scopes.map((row) => ({ ...row, isActive: false })),
        vendors: rows.vendors.map((row) => ({
          ...row,
          isActive: false,
          contactEmail: 'sales@vendor.example',
        })),
        policies: rows.policies.flatMap((row) => [
          {
            ...row,
            policyCode: 'RAN-ZTE',
            vendorCode: 'ZTE',
            parentPolicyCode: row.policyCode,
            isActive: false,
          },
          row,
        ]),
        approvers: rows.approvers.map((row) => ({
          ...row,
          effectiveFrom: '2026-01-01',
          ...(row.rank === 1 ? {} : { effectiveTo: '2026-12-31' }),
        })),
      },
      { workspace },
    );
    const document = await manager.export.mutate({ configVersionId: id });
    const again = await manager.import.mutate({ documentId: document.id });
    expect((await manager.compare.query({ fromVersionId: id, toVersionId: again.id })).items).toEqual([]);
    const rowsOf = async (kind: 'vendors' | 'policies' | 'approvers') =>
      (await manager.rows.query({ configVersionId: again.id, kind })).items;
    expect((await rowsOf('vendors'))[0]).toMatchObject({
      isActive: false,
      contactEmail: 'sales@vendor.example',
    });
    expect(await rowsOf('policies')).toMatchObject([
      { policyCode: 'RAN-ANY', parentPolicyCode: null, isActive: true },
      { policyCode: 'RAN-ZTE', parentPolicyCode: 'RAN-ANY', isActive: false },
    ]);
    expect(await rowsOf('approvers')).toContainEqual(
      expect.objectContaining({ rank: 2, effectiveFrom: '2026-01-01', effectiveTo: '2026-12-31' }),
    );
  });

  test('that was edited badly gives findings, not failures', async () => {
    const rows = smallRows();
    const { id: configVersionId } = await importRows(
      api,
      {
        ...rows,
        policies: rows.policies.map((policy) => ({
          ...policy,
          parentPolicyCode: 'NOWHERE',
          stages: policy.stages.map((stage) => ({ ...stage, assignmentMode: 'RULE' as const })),
        })),
        approvers: rows.approvers.map((row) => ({
          ...row,
          effectiveFrom: '2026-12-31',
          effectiveTo: '2026-01-01',
        })),
      },
      { workspace },
    );
    const { items } = await manager.findings.query({ configVersionId, severity: 'ERROR' });
    expect(items.map(({ code, sheet }) => `${code} ${sheet}`)).toEqual([
      ...Array.from({ length: 2 }, () => 'TABLE_ROW_INVALID Stages'),
      'TABLE_REFERENCE_MISSING Policies',
      ...Array.from({ length: 3 }, () => 'TABLE_ROW_INVALID Approvers'),
      'POLICY_WITHOUT_STAGES null',
    ]);
    expect(
      await failureOf(manager.activate.mutate({ configVersionId, acknowledgeWarnings: true })),
    ).toMatchObject({
      code: 'CONFIG_VERSION_NOT_VALID',
      validationStatus: 'INVALID',
    });
  });
});

describe('rows', () => {
  test('are found by what they say and by where in the workbook they came from', async () => {
    const { id: configVersionId } = await importRows(api, smallRows(), { workspace });
    const found = async (
      kind: ConfigRowKind,
      filters: Omit<Partial<ListConfigRows>, 'configVersionId' | 'kind'>,
    ) => (await manager.rows.query({ configVersionId, kind, ...filters })).items.length;
    expect(await found('clusters', { search: 'cl-2' })).toBe(1);
    expect(await found('approvers', { search: 'budi@' })).toBe(2);
    expect(await found('policies', { search: 'ran-any' })).toBe(1);
    expect(await found('stages', { search: 'noc' })).toBe(1);
    expect(await found('vendors', { search: 'zte' })).toBe(1);
    expect(await found('roles', { search: 'rts' })).toBe(1);
    expect(await found('scopes', { search: '%' })).toBe(0);
    expect(await found('clusters', { sourceSheet: 'RAN_MW', sourceRow: 5 })).toBe(1);
    expect(await found('approvers', { sourceSheet: 'RAN_MW', sourceRow: 5 })).toBe(2);
    expect(await found('approvers', { sourceSheet: 'MW', sourceRow: 5 })).toBe(0);
    // These do not say where they came from.
    expect(await found('scopes', { sourceSheet: 'RAN_MW' })).toBe(0);
  });
});

describe('finding counts', () => {
  test('say how many findings are alike, and come to all of them', async () => {
    const rows = smallRows();
    const { id: configVersionId } = await importRows(
      api,
      { ...rows, approvers: rows.approvers.map((row) => ({ ...row, roleCode: 'NOBODY' })) },
      { workspace },
    );
    const { groups } = await manager.findingCounts.query({ configVersionId });
    expect(groups[0]).toEqual({
      severity: 'ERROR',
      code: 'TABLE_REFERENCE_MISSING',
      sheet: 'Approvers',
      count: 3,
    });
    const { items } = await manager.findings.query({ configVersionId, limit: 200 });
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(items.length);
  });

  test('of a version that is not there are refused', async () => {
    expect(await failureOf(manager.findingCounts.query({ configVersionId: 'nowhere' }))).toMatchObject({
      code: 'ENTITY_NOT_FOUND',
      entity: 'configVersion',
    });
  });
});

describe('revalidate', () => {
  test('finds anew what the rows lack and keeps what the workbook was found to lack', async () => {
    const { id: configVersionId, warnings } = await manager.import.mutate({
      documentId: await upload(await readFixture()),
    });
    const userId = workspace.people.CONFIG_MANAGER.userId;
    const db = api.database.inWorkspace({ workspaceId: workspace.id, userId });
    const { pool } = api.database;
    const validate = () => db.transaction((tx) => revalidate(tx, { now: new Date() }, configVersionId));
    const codes = async () => {
      const { items } = await manager.findings.query({ configVersionId, severity: 'ERROR' });
      return items.map(({ code, value }) => [code, value]);
    };
    await validate();
    expect(await manager.get.query({ configVersionId })).toMatchObject({
      validationStatus: 'WARNINGS',
      warnings,
    });

    const ofPolicy = `policy_id in (select id from approval_policy_master where config_version_id = $1 and policy_code = $2)`;
    await pool.query(`delete from approval_policy_stages where ${ofPolicy}`, [configVersionId, 'RAN-ZTE']);
    await pool.query(`delete from approval_policy_stages where stage_number = 2 and ${ofPolicy}`, [
      configVersionId,
      'MW-ZTE',
    ]);
    const { rowCount: emptied } = await pool.query(
      `delete from cluster_approver_master a using cluster_master c, atp_scope_master s
       where a.config_version_id = $1 and c.id = a.cluster_id and s.id = c.scope_id and s.scope_code = 'MW'
         and c.cluster_code like '%Langkat%'`,
      [configVersionId],
    );
    expect(emptied).toBeGreaterThan(0);
    await validate();
    expect(await manager.get.query({ configVersionId })).toMatchObject({
      validationStatus: 'INVALID',
      errors: 2,
    });
    expect(await codes()).toEqual([
      ['POLICY_STAGES_BROKEN', 'MW-ZTE'],
      ['POLICY_WITHOUT_STAGES', 'RAN-ZTE'],
    ]);
    const empty = await manager.findings.query({ configVersionId, code: 'CLUSTER_SEAT_EMPTY' });
    expect(empty.items.map(({ value }) => value)).toEqual(['RTH', 'RTH_TEAM', 'RTS']);
    expect(empty.items[0]?.reason).toMatch(
      /^\d+ clusters of the scope MW have nobody in the seat RTH: .*Langkat/,
    );

    await pool.query(
      `delete from approval_policy_master where config_version_id = $1 and policy_code in ('RAN-ZTE', 'MW-ZTE')`,
      [configVersionId],
    );
    await validate();
    expect(await codes()).toEqual([]);
    expect((await manager.get.query({ configVersionId })).validationStatus).toBe('WARNINGS');
  });
});
