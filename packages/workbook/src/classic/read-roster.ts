import { cleanText, longestName } from '../clean-text.ts';
import type { Findings } from '../findings.ts';
import type { PeopleRegister } from '../person/people-register.ts';
import { type CellPerson, readPersonCell } from '../person/read-person-cell.ts';
import { cellName, parseCellName, type SheetRow } from '../xlsx/sheet.ts';
import { type ClusterFields, mergeCluster, type RosterCluster, type SeatPeople } from './merge-cluster.ts';
import { readMSequence, readSiteCount } from './read-counts.ts';
import { type RosterColumns, type RosterSeat, readRosterColumns } from './roster-columns.ts';
import type { HeadedSheet } from './workbook-sheets.ts';

/** Everything that one sheet says about its clusters. */
export interface Roster {
  sheet: string;
  title: string;
  /** Position of the header row. */
  headerRow: number;
  clusterColumn: number;
  seats: RosterSeat[];
  clusters: RosterCluster[];
  rowCount: number;
}

/** Reads the clusters of a sheet and the people in their seats; rows of the same cluster become one. */
export function readRoster(headed: HeadedSheet, people: PeopleRegister, findings: Findings): Roster {
  const { sheet, header } = headed;
  const columns = readRosterColumns(headed, findings);
  const clusters = new Map<string, RosterCluster>();
  const rows = sheet.rows.slice(header.index + 1);
  const readPeople = peopleReader();
  const source = { sheet: sheet.name, columns: columns.fields };
  for (const row of rows) {
    const cluster = readRow(row);
    if (cluster !== undefined) mergeCluster(clusters, cluster, source, findings);
  }
  for (const [name, text] of sheet.errors) {
    const { column, row } = parseCellName(name) ?? {};
    const reason = 'The formula has no result; the cell counts as blank.';
    findings.add('CELL_FORMULA_ERROR', { sheet: sheet.name, row, column, value: text }, reason);
  }
  return {
    sheet: sheet.name,
    title: header.title,
    headerRow: header.row,
    clusterColumn: columns.cluster,
    seats: columns.seats,
    clusters: [...clusters.values()],
    rowCount: rows.length,
  };

  function readRow(row: SheetRow): RosterCluster | undefined {
    const cell = (column: number | undefined) => {
      const text = column === undefined ? '' : cleanText(row.cells[column] ?? '');
      return text.length > longestName ? '' : text;
    };
    reportLong(row);
    const clusterCode = cell(columns.cluster);
    const isHeaderAgain = header.columns.every((one) => cell(one.column) === one.header);
    if (isHeaderAgain) return undefined;
    if (clusterCode === '') {
      if (columns.seats.some((seat) => (row.cells[seat.column] ?? '') !== '')) {
        const place = { sheet: sheet.name, row: row.number, column: columns.cluster };
        findings.add('CLUSTER_MISSING', place, 'The row names people and no cluster; it is left out.');
      }
      return undefined;
    }
    return {
      clusterCode,
      fields: readFields(row, columns, cell),
      siteCount: readSites(row, columns.siteCount, cell(columns.siteCount)),
      row: row.number,
      seats: columns.seats.map((seat) => readPeople(row, seat)),
    };
  }

  function reportLong({ number, cells }: SheetRow): void {
    for (const column of [columns.cluster, columns.siteCount, ...Object.values(columns.fields)]) {
      const text = column === undefined ? '' : (cells[column] ?? '');
      if (text.length <= longestName || cleanText(text).length <= longestName) continue;
      const reason = `The text has more than ${longestName} characters; the cell counts as blank.`;
      findings.add('CELL_TOO_LONG', { sheet: sheet.name, row: number, column, value: text }, reason);
    }
  }

  function readFields(
    row: SheetRow,
    { fields }: RosterColumns,
    cell: (column?: number) => string,
  ): ClusterFields {
    const text = (column: number | undefined) => cell(column) || null;
    return {
      clusterName: text(fields.clusterName),
      region: text(fields.region),
      province: text(fields.province),
      city: text(fields.city),
      mSequence: readSequence(row, fields.mSequence, cell(fields.mSequence)),
    };
  }

  function readSequence(row: SheetRow, column: number | undefined, text: string): string | null {
    const sequence = readMSequence(text);
    if (sequence !== undefined || text === '') return sequence ?? null;
    const reason = 'This is no M-sequence like M3; it is kept as it stands.';
    findings.add(
      'M_SEQUENCE_UNREADABLE',
      { sheet: sheet.name, row: row.number, column, value: text },
      reason,
    );
    return text;
  }

  function readSites(row: SheetRow, column: number | undefined, text: string): number {
    if (column === undefined || sheet.merged.has(cellName(column, row.number))) return 0;
    const count = readSiteCount(text);
    if (count !== undefined) return count;
    const place = { sheet: sheet.name, row: row.number, column, value: text };
    findings.add('SITE_COUNT_UNREADABLE', place, 'This is no number of sites; none is counted.');
    return 0;
  }

  /** Cells repeat over many rows: each distinct text is understood once, its problems are told once. */
  function peopleReader() {
    const read = new Map<string, CellPerson[]>();
    return ({ number, cells }: SheetRow, { roleCode, column }: RosterSeat): SeatPeople => {
      const text = cells[column] ?? '';
      const link = sheet.links.get(cellName(column, number));
      const key = `${link ?? ''}\n${text}`;
      const known = read.get(key);
      if (known !== undefined) return { roleCode, people: known, row: number, column };
      const cell = readPersonCell(text, link);
      read.set(key, cell.people);
      for (const person of cell.people) people.add(person, { sheet: sheet.name, row: number, column, text });
      for (const { code, value, reason } of cell.problems) {
        findings.add(code, { sheet: sheet.name, row: number, column, value }, reason);
      }
      return { roleCode, people: cell.people, row: number, column };
    };
  }
}
