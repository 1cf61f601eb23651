import type { Findings } from '../findings.ts';
import type { Sheet } from '../xlsx/sheet.ts';
import { findHeader, type Header, type HeaderColumn } from './find-header.ts';
import type { SeatName } from './seat-name.ts';

/** A sheet whose kind was recognised. */
export interface HeadedSheet {
  sheet: Sheet;
  header: Header;
}

/** The sheet that says which seats approve what: vendors × scopes, and a mark under each seat. */
export function findMatrix(sheets: readonly Sheet[], findings: Findings): HeadedSheet | undefined {
  const matrices = sheets.flatMap((sheet) => {
    const header = findHeader(sheet, [], isMatrixHeader);
    return header === undefined ? [] : [{ sheet, header }];
  });
  const [first, ...others] = matrices;
  if (first === undefined) {
    findings.add('MATRIX_MISSING', {}, 'No sheet has a header with a scope and the seats that approve it.');
  }
  for (const { sheet } of others) {
    const reason = `${first?.sheet.name} is an approval matrix already; this one is left out.`;
    findings.add('MATRIX_DUPLICATE', { sheet: sheet.name }, reason);
  }
  return first;
}

/** Whether a row is the header of an approval matrix. */
export function isMatrixHeader(columns: readonly HeaderColumn[]): boolean {
  return (
    has(columns, 'scope') &&
    !isRosterHeader(columns) &&
    columns.length >= 3 &&
    columns.some((one) => one.seat)
  );
}

/** The sheets that say who sits in which seat for which cluster. */
export function findRosters(sheets: readonly Sheet[], seats: readonly SeatName[]): HeadedSheet[] {
  return sheets.flatMap((sheet) => {
    const header = findHeader(sheet, seats, isRosterHeader);
    return header === undefined ? [] : [{ sheet, header }];
  });
}

function isRosterHeader(columns: readonly HeaderColumn[]): boolean {
  const isKeyed = has(columns, 'cluster') || has(columns, 'clusterName');
  return isKeyed && columns.some((one) => one.seat !== undefined);
}

function has(columns: readonly HeaderColumn[], meaning: HeaderColumn['meaning']): boolean {
  return columns.some((one) => one.meaning === meaning);
}
