import type { TableContent } from './manifest.ts';

const count = (rows: number) => `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`;

/**
 * What is not as expected, one sentence a table; empty when both are the same. Of a materialized view only the
 * existence is compared: its rows are computed anew by a restore, and a view that was stale differs by right.
 */
export function compareContents(
  expected: readonly TableContent[],
  actual: readonly TableContent[],
): string[] {
  const found = new Map(actual.map((content) => [content.table, content]));
  const known = new Set(expected.map(({ table }) => table));
  const problems = expected.flatMap((content) => {
    const other = found.get(content.table);
    if (other === undefined) return [`${content.table} is missing; it should have ${count(content.rows)}.`];
    if (content.kind === 'materialized-view') return [];
    if (other.rows !== content.rows)
      return [`${content.table} has ${count(other.rows)} instead of ${count(content.rows)}.`];
    if (other.hash !== content.hash)
      return [`${content.table} has its ${count(content.rows)}, but not the same values in them.`];
    return [];
  });
  const added = actual.filter(({ table }) => !known.has(table));
  return [
    ...problems,
    ...added.map(({ table, rows }) => `${table} with ${count(rows)} should not be there.`),
  ];
}
