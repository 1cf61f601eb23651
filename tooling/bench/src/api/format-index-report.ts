import type { IndexReport } from '@apms/db/checks';

/** The report as plain text: what is too much or missing first, then every index with its uses. */
export function formatIndexReport({ indexes, unused, bareKeys, scans }: IndexReport): string {
  const byQuery = indexes.filter(({ queries }) => queries.length > 0).length;
  const byKey = indexes.filter(({ foreignKeys }) => foreignKeys.length > 0).length;
  const counts = `${indexes.length} indexes: ${byQuery} in plans of named queries, ${byKey} behind foreign keys, ${indexes.filter(({ isUnique }) => isUnique).length} unique`;
  return [
    counts,
    section(
      'unused',
      unused.map(({ name, table }) => `${name} on ${table}`),
    ),
    section('foreign keys without an index', bareKeys),
    section(
      'large tables read from end to end',
      scans.map(
        ({ query, table, rows }) => `${query}: ${table} (${Math.round(rows).toLocaleString('en')} rows)`,
      ),
    ),
    section(
      'uses',
      indexes.map(({ name, queries, foreignKeys, referencedBy, isUnique }) => {
        const uses = [
          ...(isUnique ? ['unique'] : []),
          ...queries,
          ...foreignKeys,
          ...referencedBy.map((key) => `referenced by ${key}`),
        ];
        return `${name}: ${uses.length === 0 ? 'nothing' : uses.join(', ')}`;
      }),
    ),
  ].join('\n\n');
}

function section(title: string, entries: readonly string[]): string {
  const lines = entries.length === 0 ? ['  none'] : [...new Set(entries)].map((entry) => `  ${entry}`);
  return [`${title} (${new Set(entries).size})`, ...lines].join('\n');
}
