import type { ApproverRow, ClusterRow, ScopeRow } from '@apms/validators';
import type { Findings } from '../findings.ts';
import { columnName } from '../xlsx/sheet.ts';
import type { RosterCluster } from './merge-cluster.ts';
import type { Roster } from './read-roster.ts';
import type { ScopeRosters } from './scope-rosters.ts';

/** The clusters of each scope and who sits in their seats. */
export function buildClusters(
  scopes: readonly ScopeRow[],
  byScope: ScopeRosters,
  findings: Findings,
): { clusters: ClusterRow[]; approvers: ApproverRow[] } {
  const clusters: ClusterRow[] = [];
  const approvers: ApproverRow[] = [];
  for (const { scopeCode } of scopes) {
    const sheets = new Map<string, string>();
    for (const roster of byScope.get(scopeCode) ?? []) {
      for (const cluster of roster.clusters) {
        const other = sheets.get(cluster.clusterCode);
        if (other === undefined) addCluster(scopeCode, roster, cluster);
        else {
          const reason = `${cluster.clusterCode} of ${scopeCode} is in ${other} already; ${other} counts.`;
          findings.add(
            'CLUSTER_CONFLICT',
            { sheet: roster.sheet, row: cluster.row, value: cluster.clusterCode },
            reason,
          );
        }
        sheets.set(cluster.clusterCode, other ?? roster.sheet);
      }
    }
  }
  return { clusters, approvers };

  function addCluster(scopeCode: string, { sheet }: Roster, cluster: RosterCluster): void {
    const { clusterCode, fields, siteCount } = cluster;
    clusters.push({
      scopeCode,
      clusterCode,
      ...fields,
      siteCount,
      sourceSheet: sheet,
      sourceRow: cluster.row,
    });
    for (const [roleCode, { people, row, column }] of cluster.seats) {
      for (const [index, { email }] of people.entries()) {
        const source = { sourceSheet: sheet, sourceRow: row, sourceColumn: columnName(column) };
        approvers.push({ scopeCode, clusterCode, roleCode, rank: index + 1, email, ...source });
      }
    }
  }
}
