import { cleanText, longestName } from '../clean-text.ts';
import { cellName, type Sheet } from '../xlsx/sheet.ts';
import { type ColumnMeaning, readColumnMeaning } from './column-meaning.ts';
import { readSeatHeader, type SeatHeader, type SeatName } from './seat-name.ts';

/** One column by its header. */
export interface HeaderColumn {
  column: number;
  header: string;
  meaning: ColumnMeaning | undefined;
  seat: SeatHeader | undefined;
}

/** The header row of a sheet and what lies around it. */
export interface Header {
  /** Position in `sheet.rows`; data come after it. */
  index: number;
  row: number;
  columns: HeaderColumn[];
  /** Text above the header: the sheet's title. */
  title: string;
}

const searchedRows = 100;

/** The first row that `isHeader` accepts, wherever in the sheet's beginning it stands. */
export function findHeader(
  sheet: Sheet,
  others: readonly SeatName[],
  isHeader: (columns: readonly HeaderColumn[]) => boolean,
): Header | undefined {
  const above: string[] = [];
  for (const [index, row] of sheet.rows.slice(0, searchedRows).entries()) {
    const columns = row.cells.flatMap((text, column): HeaderColumn[] => {
      const header = cleanText(text);
      const isRepeated = sheet.merged.has(cellName(column, row.number)) && text === row.cells[column - 1];
      if (header === '' || header.length > longestName || isRepeated) return [];
      const meaning = readColumnMeaning(header);
      const seat = meaning === undefined ? readSeatHeader(header, others) : undefined;
      return [{ column, header, meaning, seat }];
    });
    if (isHeader(columns)) return { index, row: row.number, columns, title: above.join(' ') };
    above.push(...columns.map((column) => column.header));
  }
  return undefined;
}

/** The first column of a meaning. */
export function columnOf(header: Header, meaning: ColumnMeaning): number | undefined {
  return header.columns.find((column) => column.meaning === meaning)?.column;
}
