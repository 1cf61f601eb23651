/** A place in a workbook; nulls where it is not that exact. */
export interface WorkbookPlace {
  readonly sheet: string | null;
  readonly row: number | null;
  readonly column: string | null;
}

/** The place as spreadsheet programs take it ("Go to"): `RAN_MW!F65`, a whole row or column, or the sheet; null without one. */
export function cellReference({ sheet, row, column }: WorkbookPlace): string | null {
  if (sheet === null) return null;
  const name = /^[A-Za-z_]\w*$/.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`;
  if (row !== null && column !== null) return `${name}!${column}${row}`;
  if (row !== null) return `${name}!${row}:${row}`;
  if (column !== null) return `${name}!${column}:${column}`;
  return sheet;
}
