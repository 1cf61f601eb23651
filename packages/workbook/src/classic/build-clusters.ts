import type { ApproverRow, ClusterRow, ScopeRow } from '@apms/validators';
import type { Findings } from '../findings.ts';
import { columnName } from '../xlsx/sheet.ts';
import type { RosterCluster } from './merge-cluster.ts';
import type { ScopeRosters } from './scope-rosters.ts';

const clustersInPart = 500;

/** The clusters of each scope and who sits in their seats, made part by part. */
export function* buildClusters(
  scopes: readonly ScopeRow[],
  byScope: ScopeRosters,
  findings: Findings,
): Generator<{ clusters: ClusterRow[]; approvers: ApproverRow[] }> {
  let part = emptyPart();
  for (const { scopeCode } of scopes) {
    const sheets = new Map<string, string>();
    for (const roster of byScope.get(scopeCode) ?? []) {
      for (const cluster of roster.clusters) {
        const other = sheets.get(cluster.clusterCode);
        sheets.set(cluster.clusterCode, other ?? roster.sheet);
        if (other !== undefined) {
          const place = { sheet: roster.sheet, row: cluster.row, value: cluster.clusterCode };
          const reason = `${cluster.clusterCode} of ${scopeCode} is in ${other} already; ${other} counts.`;
          findings.add('CLUSTER_CONFLICT', place, reason);
          continue;
        }
        part.clusters.push(clusterRow(scopeCode, roster.sheet, cluster));
        for (const row of approverRows(scopeCode, roster.sheet, cluster)) part.approvers.push(row);
        if (part.clusters.length < clustersInPart) continue;
        yield part;
        part = emptyPart();
      }
    }
  }
  yield part;
}

function emptyPart(): { clusters: ClusterRow[]; approvers: ApproverRow[] } {
  return { clusters: [], approvers: [] };
}

function clusterRow(scopeCode: string, sheet: string, cluster: RosterCluster): ClusterRow {
  const { fields } = cluster;
  return {
    scopeCode,
    clusterCode: cluster.clusterCode,
    clusterName: fields.clusterName,
    region: fields.region,
    province: fields.province,
    city: fields.city,
    mSequence: fields.mSequence,
    siteCount: cluster.siteCount,
    sourceSheet: sheet,
    sourceRow: cluster.row,
  };
}

function approverRows(
  scopeCode: string,
  sheet: string,
  { clusterCode, seats }: RosterCluster,
): ApproverRow[] {
  return seats.flatMap(({ roleCode, people, row, column }) =>
    people.map(({ email }, index) => ({
      scopeCode,
      clusterCode,
      roleCode,
      rank: index + 1,
      email,
      sourceSheet: sheet,
      sourceRow: row,
      sourceColumn: columnName(column),
    })),
  );
}
