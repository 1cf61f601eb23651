import type { Findings } from '../findings.ts';
import type { CellPerson } from '../person/read-person-cell.ts';

/** Fields of a cluster that rows may tell differently. */
export interface ClusterFields {
  clusterName: string | null;
  region: string | null;
  province: string | null;
  city: string | null;
  mSequence: string | null;
}

/** People in one seat, with the cell that names them. */
export interface SeatPeople {
  roleCode: string;
  people: readonly CellPerson[];
  row: number;
  column: number;
}

/** A cluster as the rows of one sheet tell of it. */
export interface RosterCluster {
  clusterCode: string;
  fields: ClusterFields;
  siteCount: number;
  /** The first row that names it. */
  row: number;
  /** In the order of the sheet's columns. */
  seats: SeatPeople[];
}

/** What the database's integer holds. */
const mostSites = 2_147_483_647;

const fieldNames = {
  clusterName: 'name',
  region: 'region',
  province: 'province',
  city: 'city',
  mSequence: 'M-sequence',
} as const satisfies Record<keyof ClusterFields, string>;

/**
 * Adds a row to the cluster that it names: sites are summed, blanks are filled, and where the rows differ
 * the first one counts and the difference is a finding.
 */
export function mergeCluster(
  clusters: Map<string, RosterCluster>,
  row: RosterCluster,
  source: { sheet: string; columns: Readonly<Record<keyof ClusterFields, number | undefined>> },
  findings: Findings,
): void {
  const first = clusters.get(row.clusterCode);
  if (first === undefined) {
    clusters.set(row.clusterCode, row);
    return;
  }
  first.siteCount = Math.min(first.siteCount + row.siteCount, mostSites);
  for (const field of ['clusterName', 'region', 'province', 'city', 'mSequence'] as const) {
    const value = row.fields[field];
    const kept = (first.fields[field] ??= value);
    if (value !== null && kept !== null && value !== kept) {
      report(fieldNames[field], value, kept, first.row, source.columns[field]);
    }
  }
  for (const [index, seat] of row.seats.entries()) {
    const kept = first.seats[index];
    if (kept === undefined || kept.people.length === 0) first.seats[index] = seat;
    else if (seat.people.length > 0 && emails(seat) !== emails(kept)) {
      report(seat.roleCode, emails(seat), emails(kept), kept.row, seat.column);
    }
  }

  function report(what: string, value: string, kept: string, keptRow: number, column?: number): void {
    const reason = `${row.clusterCode} has the ${what} "${kept}" in row ${keptRow} and "${value}" in row ${row.row}; row ${keptRow} counts.`;
    findings.add('CLUSTER_CONFLICT', { sheet: source.sheet, row: row.row, column, value }, reason);
  }
}

function emails(seat: SeatPeople): string {
  return seat.people.map((person) => person.email).join(', ');
}
