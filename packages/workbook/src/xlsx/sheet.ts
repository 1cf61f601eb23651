/** One row of a sheet; `cells[0]` is column A, and blank cells are empty strings or missing. */
export interface SheetRow {
  /** As a spreadsheet counts: the first is 1. */
  number: number;
  cells: string[];
}

/** The cells of one sheet as text, with what is needed to tell where a text came from. */
export interface Sheet {
  name: string;
  isHidden: boolean;
  /** Ascending; rows without any text are left out. */
  rows: SheetRow[];
  /** E-mail addresses that cells link to, by {@link cellName}. */
  links: ReadonlyMap<string, string>;
  /** Cells that repeat the text of the merged area they lie in, by {@link cellName}. */
  merged: ReadonlySet<string>;
  /** Cells with a formula error (`#REF!` …), by {@link cellName}; their text is blank. */
  errors: ReadonlyMap<string, string>;
}

/** Name of a cell as in a spreadsheet: `cellName(0, 5)` is `A5`. */
export function cellName(column: number, row: number): string {
  return `${columnName(column)}${row}`;
}

/** Letters of a column: 0 is `A`, 26 is `AA`. */
export function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last;
}

/** The area that a reference like `A2:B5` (or `A2`) names, or nothing when it is none. */
export function parseArea(reference: string) {
  const [from, to = from] = reference.replaceAll('$', '').split(':').map(parseCellName);
  if (from === undefined || to === undefined) return undefined;
  return { left: from.column, top: from.row, right: to.column, bottom: to.row };
}

/** Position of a cell like `AB12` (column counted from 0, row from 1), or nothing when it is none. */
export function parseCellName(name: string): { column: number; row: number } | undefined {
  let at = 0;
  let column = 0;
  // Written out because it runs for every cell.
  for (; at < name.length; at += 1) {
    const letter = (name.charCodeAt(at) & ~32) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  const row = Number(name.slice(at));
  const isName =
    at > 0 && at <= 3 && name.length > at && Number.isInteger(row) && row > 0 && row < 10_000_000;
  return isName ? { column: column - 1, row } : undefined;
}
