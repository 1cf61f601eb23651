/** A throwaway workspace of a check; it exists only inside the check's subtransaction. */
export interface Probe {
  readonly workspaceId: string;
  /** What the ids of its rows begin with: the first row of each table has the id `<prefix>:<table>`. */
  readonly prefix: string;
}

/** In the SQL of a check these names stand for ids that no database has rows of; the runner makes them up. */
export const probe: Probe = { workspaceId: '{w}', prefix: '{p}' };

/** A second workspace, for what must not reach from one into another. */
export const otherProbe: Probe = { workspaceId: '{w2}', prefix: '{p2}' };

/**
 * Fills `{w}` (workspace id), `{p}` (prefix) and further names into SQL.
 * Only values made by the checks themselves go in, so nothing needs escaping.
 */
export function fill(
  { workspaceId, prefix }: Probe,
  sql: string,
  more: Readonly<Record<string, string | number>> = {},
): string {
  const values: Readonly<Record<string, string | number>> = { w: workspaceId, p: prefix, ...more };
  return sql.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? `{${name}}`));
}
