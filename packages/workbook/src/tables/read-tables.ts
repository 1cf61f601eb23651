import {
  ApproverRow,
  ClusterRow,
  type ConfigurationRows,
  PersonRow,
  PolicyRow,
  RoleRow,
  ScopeRow,
  StageRow,
  VendorRow,
} from '@apms/validators';
import type { Findings } from '../findings.ts';
import type { SheetKinds } from '../sheet-kind.ts';
import type { Tables } from './find-tables.ts';
import { keyOf, readTable } from './read-table.ts';
import { policyKey } from './table-layout.ts';

const partSize = 2_000;

const PolicyHeader = PolicyRow.omit({ stages: true });
const PlacedStage = StageRow.extend(
  PolicyRow.pick({ scopeCode: true, vendorCode: true, atpCategory: true }).shape,
);

/** The rows of an exported workbook. */
export function readTables(
  tables: Tables,
  findings: Findings,
): { parts: Iterable<Partial<ConfigurationRows>>; kinds: SheetKinds } {
  const scopes = readTable(tables.scopes, ScopeRow, ['scopeCode'], [], findings);
  const vendors = readTable(tables.vendors, VendorRow, ['vendorCode'], [], findings);
  const roles = readTable(tables.roles, RoleRow, ['roleCode'], [], findings);
  const people = readTable(tables.people, PersonRow, ['email'], [], findings);
  const scope = { fields: ['scopeCode'], known: scopes.keys, what: 'scope' };
  const vendor = { fields: ['vendorCode'], known: vendors.keys, what: 'vendor' };
  const role = { fields: ['roleCode'], known: roles.keys, what: 'role' };
  const policies = readTable(tables.policies, PolicyHeader, policyKey, [scope, vendor], findings);
  const policy = { fields: policyKey, known: policies.keys, what: 'policy' };
  const user = { fields: ['staticUserEmail'], known: people.keys, what: 'person' };
  const stageKey = [...policyKey, 'stageNumber', 'roleCode'];
  const stages = readTable(tables.stages, PlacedStage, stageKey, [policy, role, user], findings);
  const clusters = readTable(tables.clusters, ClusterRow, ['scopeCode', 'clusterCode'], [scope], findings);
  const cluster = { fields: ['scopeCode', 'clusterCode'], known: clusters.keys, what: 'cluster' };
  const person = { fields: ['email'], known: people.keys, what: 'person' };
  const approverKey = ['scopeCode', 'clusterCode', 'roleCode', 'rank'];
  const approvers = readTable(tables.approvers, ApproverRow, approverKey, [cluster, role, person], findings);
  const byPolicy = Map.groupBy(stages.rows, (stage) => keyOf(stage, policyKey));
  const rows = {
    scopes: scopes.rows,
    vendors: vendors.rows,
    roles: roles.rows,
    policies: policies.rows.map((one) => ({
      ...one,
      stages: (byPolicy.get(keyOf(one, policyKey)) ?? []).map((stage) => StageRow.parse(stage)),
    })),
    clusters: clusters.rows,
    approvers: approvers.rows,
    people: people.rows,
  };
  return { parts: partsOf(rows), kinds: kindsOf(tables) };
}

function* partsOf({ clusters, approvers, ...few }: ConfigurationRows): Generator<Partial<ConfigurationRows>> {
  yield few;
  for (let at = 0; at < clusters.length; at += partSize)
    yield { clusters: clusters.slice(at, at + partSize) };
  for (let at = 0; at < approvers.length; at += partSize)
    yield { approvers: approvers.slice(at, at + partSize) };
}

function kindsOf(tables: Tables): SheetKinds {
  const read = Object.values(tables).flatMap(({ sheet, index }) =>
    sheet === undefined ? [] : [{ sheet, index }],
  );
  return new Map(
    read.map(({ sheet, index }) => [sheet, { kind: 'TABLE', rowCount: sheet.rows.length - index - 1 }]),
  );
}
