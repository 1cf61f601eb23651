import { cleanText, codeOf, longestName } from '../clean-text.ts';
import type { Findings, Place } from '../findings.ts';
import type { SheetRow } from '../xlsx/sheet.ts';
import { columnOf, type HeaderColumn } from './find-header.ts';
import { readMark } from './read-mark.ts';
import { type SeatName, seatNamed } from './seat-name.ts';
import type { HeadedSheet } from './workbook-sheets.ts';

/** A seat of the matrix, in the order of the columns. */
export interface MatrixSeat extends SeatName {
  column: number;
  level: number | null;
}

/** One row of the matrix: who approves a scope for some vendors, or for any when none is named. */
export interface MatrixLine {
  scopeCode: string;
  scopeName: string;
  vendors: string[];
  seats: MatrixSeat[];
  row: number;
}

export interface Matrix {
  sheet: string;
  scopeColumn: number;
  seats: MatrixSeat[];
  lines: MatrixLine[];
}

const anyVendor = /^(?:any|all|semua|\*)(?:\s+vendors?)?$/i;

/** Reads the approval matrix; merged cells apply to every row that they cover. */
export function readMatrix({ sheet, header }: HeadedSheet, findings: Findings): Matrix {
  const scopeColumn = columnOf(header, 'scope') ?? 0;
  const vendorColumn = columnOf(header, 'vendor');
  const rows = sheet.rows.slice(header.index + 1);
  const taken = new Set<string>();
  const seats = header.columns
    .filter(
      (one) =>
        one.seat !== undefined || (one.meaning === undefined && codeOf(one.header) !== '' && isMarked(one)),
    )
    .flatMap((one) => seatOf(one));
  const lines = rows.flatMap((row): MatrixLine[] => {
    const marked = seats.filter(({ column }) => {
      const text = cleanText(row.cells[column] ?? '');
      const mark = readMark(text);
      if (mark === undefined) {
        const reason = 'This is no mark; write A for a seat that approves, or leave the cell blank.';
        findings.add('MARK_UNREADABLE', { sheet: sheet.name, row: row.number, column, value: text }, reason);
      }
      return mark === true;
    });
    const names = namesOf(row, scopeColumn);
    const place: Place = { sheet: sheet.name, row: row.number, column: scopeColumn };
    if (names.length === 0 && marked.length > 0) {
      findings.add('SCOPE_MISSING', place, 'The row marks seats and names no scope.');
    }
    const vendors = namesOf(row, vendorColumn).filter((vendor) => !anyVendor.test(vendor));
    return names.map((scopeName) => {
      return { scopeCode: codeOf(scopeName), scopeName, vendors, seats: marked, row: row.number };
    });
  });
  return { sheet: sheet.name, scopeColumn, seats, lines };

  function namesOf({ number, cells }: SheetRow, column: number | undefined): string[] {
    const names = column === undefined ? [] : splitList(cells[column] ?? '');
    return names.filter((value) => {
      if (value.length <= longestName) return codeOf(value) !== '';
      const reason = `The name has more than ${longestName} characters; it is left out.`;
      findings.add('CELL_TOO_LONG', { sheet: sheet.name, row: number, column, value }, reason);
      return false;
    });
  }

  function isMarked({ column }: HeaderColumn): boolean {
    const texts = rows.map((row) => cleanText(row.cells[column] ?? '')).filter((text) => text !== '');
    return texts.length > 0 && texts.every((text) => readMark(text) !== undefined);
  }

  function seatOf({ column, header: text, seat }: HeaderColumn): MatrixSeat[] {
    const place = { sheet: sheet.name, row: header.row, column, value: text };
    const { roleCode, roleName, level, isKnown } = seat ?? {
      ...seatNamed(text),
      level: null,
      isKnown: false,
    };
    if (taken.has(roleCode)) {
      findings.add('COLUMN_DUPLICATE', place, `Another column is ${roleName} already; this one is left out.`);
      return [];
    }
    taken.add(roleCode);
    if (!isKnown)
      findings.add('ROLE_UNKNOWN', place, `${roleName} is not a known seat; it is taken as it stands.`);
    return [{ roleCode, roleName, column, level }];
  }
}

function splitList(text: string): string[] {
  return text.split(/[,;|\r\n]/).map(cleanText);
}
