import type { Findings } from '../findings.ts';
import type { ColumnMeaning } from './column-meaning.ts';
import { columnOf, type HeaderColumn } from './find-header.ts';
import type { SeatName } from './seat-name.ts';
import type { HeadedSheet } from './workbook-sheets.ts';

/** A seat of a roster. */
export interface RosterSeat extends SeatName {
  column: number;
  level: number | null;
}

type Field = 'clusterName' | 'region' | 'province' | 'city' | 'mSequence';

/** Where a roster keeps what. */
export interface RosterColumns {
  cluster: number;
  siteCount: number | undefined;
  fields: Readonly<Record<Field, number | undefined>>;
  seats: RosterSeat[];
}

/** Recognises the columns of a roster; what is left out although it names people is a finding. */
export function readRosterColumns({ sheet, header }: HeadedSheet, findings: Findings): RosterColumns {
  const at = (meaning: ColumnMeaning) => columnOf(header, meaning);
  const cluster = at('cluster') ?? at('clusterName') ?? 0;
  const seats: RosterSeat[] = [];
  for (const column of header.columns) {
    const place = { sheet: sheet.name, row: header.row, column: column.column, value: column.header };
    const { seat } = column;
    if (seat !== undefined && seats.some((other) => other.roleCode === seat.roleCode)) {
      findings.add(
        'COLUMN_DUPLICATE',
        place,
        `Another column is ${seat.roleName} already; this one is left out.`,
      );
    } else if (seat !== undefined) {
      const { roleCode, roleName, level, isKnown } = seat;
      if (!isKnown)
        findings.add('ROLE_UNKNOWN', place, `${roleName} is not a known seat; it is taken as it stands.`);
      seats.push({ roleCode, roleName, level, column: column.column });
    } else if (column.meaning === 'cluster' && column.column !== cluster) {
      findings.add('COLUMN_DUPLICATE', place, 'Another column is the cluster already; this one is left out.');
    } else if (column.meaning === undefined && namesPeople(column)) {
      findings.add('COLUMN_UNRECOGNISED', place, 'The column names people but no seat; it is left out.');
    }
  }
  return {
    cluster,
    siteCount: at('siteCount'),
    fields: {
      clusterName: at('cluster') === undefined ? undefined : at('clusterName'),
      region: at('region'),
      province: at('province'),
      city: at('city'),
      mSequence: at('mSequence'),
    },
    seats,
  };

  function namesPeople({ column }: HeaderColumn): boolean {
    return sheet.rows.some((row) => row.number > header.row && row.cells[column]?.includes('@'));
  }
}
