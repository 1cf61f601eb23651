import type { Findings } from '../findings.ts';
import type { Roster } from './read-roster.ts';

/** Reports clusters of a sheet whose names differ in spaces, hyphens or case only: likely one cluster. */
export function checkSimilarClusters(roster: Roster, findings: Findings): void {
  const seen = new Map<string, { clusterCode: string; row: number }>();
  for (const { clusterCode, row } of roster.clusters) {
    const spelling = clusterCode.toLowerCase().replace(/(?<!\d)[\s_.-]+|[\s_.-]+(?!\d)/g, '');
    const other = seen.get(spelling);
    if (other === undefined) {
      seen.set(spelling, { clusterCode, row });
      continue;
    }
    const reason = `Row ${other.row} has "${other.clusterCode}"; they are two clusters as long as they are spelled differently.`;
    findings.add(
      'CLUSTER_SIMILAR',
      { sheet: roster.sheet, row, column: roster.clusterColumn, value: clusterCode },
      reason,
    );
  }
}
