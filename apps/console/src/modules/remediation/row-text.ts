type Row = Readonly<Record<string, unknown>>;

/** The value of a column as a text; `null` and what is nested as JSON. */
export function columnText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What people may know a row by comes first; ids and times say little. */
const TELLING = ['title', 'name', 'display_name', 'code', 'number', 'description', 'role', 'status'];
const SHOWN = 3;

/** A row in a line: the few of its columns that tell the most, those left out that are shown beside it. */
export function rowText(row: Row, shown: readonly string[] = []): string {
  const isLeftOut = (column: string) =>
    shown.includes(column) || column === 'id' || column === 'workspace_id';
  const rank = (column: string) => {
    const found = TELLING.findIndex((word) => column === word || column.endsWith(`_${word}`));
    return found === -1 ? TELLING.length : found;
  };
  return Object.entries(row)
    .filter(([column, value]) => !isLeftOut(column) && value !== null)
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .slice(0, SHOWN)
    .map(([column, value]) => `${column}: ${columnText(value)}`)
    .join(', ');
}
