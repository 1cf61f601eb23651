import type { CheckProblem } from '@apms/validators';
import type { Check } from './check.ts';
import { hotPathIndexes } from './hot-path-indexes.ts';
import { masterTables } from './master-tables.ts';
import { readIndexCatalog, supportsKey } from './read-index-catalog.ts';

/** Deleting or joining along a key never scans a table, and the hot queries have the indexes made for them. */
export const i1Indexes: Check = {
  code: 'I1',
  title: 'Indexes',
  needs: masterTables,
  async run({ client }) {
    const { indexes, keys } = await readIndexCatalog(client);
    const usable = indexes.filter((index) => index.usable);
    const usableNames = new Set(usable.map(({ name }) => name));
    const unusable = indexes.filter((index) => !index.usable);
    const bare = keys.filter((key) => !usable.some((index) => supportsKey(index, key)));
    const missing = hotPathIndexes.filter((name) => !indexes.some((index) => index.name === name));
    const problems: CheckProblem[] = [
      ...bare.map(({ name, table, columns }) => ({
        message: `foreign key ${name} has no index that starts with (${columns.join(', ')})`,
        table,
      })),
      ...missing.map((name) => ({ message: `hot-path index ${name} is missing` })),
      ...unusable.map(({ name, table }) => ({ message: `index ${name} is invalid`, table })),
    ];
    return {
      figures: {
        indexes: indexes.length,
        performanceIndexes: indexes.filter(({ name }) => name.startsWith('idx_')).length,
        foreignKeys: keys.length,
        indexedForeignKeys: keys.length - bare.length,
        hotPathIndexes: hotPathIndexes.filter((name) => usableNames.has(name)).length,
        invalidIndexes: unusable.length,
      },
      problems,
    };
  },
};
