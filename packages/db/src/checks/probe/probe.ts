import { randomUUID } from 'node:crypto';

/** A throwaway workspace of a check; it exists only inside the check's savepoint. */
export interface Probe {
  readonly workspaceId: string;
  /** What the ids of its rows begin with: the first row of each table has the id `<prefix>:<table>`. */
  readonly prefix: string;
}

/** Names a probe that no database has rows of. */
export function newProbe(): Probe {
  return { workspaceId: randomUUID(), prefix: randomUUID() };
}

/**
 * Fills `{w}` (workspace id), `{p}` (prefix) and further names into SQL.
 * Only values made by the checks themselves go in, so nothing needs escaping.
 */
export function fill(
  probe: Probe,
  sql: string,
  more: Readonly<Record<string, string | number>> = {},
): string {
  const values: Readonly<Record<string, string | number>> = {
    w: probe.workspaceId,
    p: probe.prefix,
    ...more,
  };
  return sql.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? `{${name}}`));
}
