/** Columns by which a key stays in its workspace and version; they are never linked to another one. */
const CARRIED = ['workspace_id', 'config_version_id'];

/** The pairs (own, referenced) of a key's columns that linking anew changes; the others have to agree already. */
export function relinkedColumns({
  columns,
  referencedColumns,
}: {
  readonly columns: readonly string[];
  readonly referencedColumns: readonly string[];
}): (readonly [own: string, referenced: string])[] {
  const pairs = columns.map((column, index) => [column, referencedColumns[index] ?? ''] as const);
  const own = pairs.filter(([column]) => !CARRIED.includes(column));
  return own.length > 0 ? own : pairs.filter(([column]) => column !== 'workspace_id');
}
