import type { OnProgress } from '../../progress.ts';
import type { Manifest } from '../manifest.ts';

/** How pg_restore's `--verbose` begins a line that only says how far it is. */
const NOISE =
  /^pg_restore: (processing|launching|finished|creating|entering|connecting|executing|disabling|enabling|skipping|implied)\b/;
const DONE = /^pg_restore: (?:processing|finished) item (\d+) (.+)$/;
const BEGUN = /^pg_restore: launching item \d+ (.+)$/;
const TABLE_DATA = /^TABLE DATA (.+)$/;

/** What follows a restore: pg_restore's own words, and what the server says of the rows that are on their way. */
export interface RestoreProgress {
  /** Takes a line of `--verbose`; false when it belongs to an error. */
  takes(line: string): boolean;
  /** Rows of tables that are being filled just now. */
  filling(rows: number): void;
  over(): void;
}

/**
 * Tells of a restore twice: of its rows, which take the time and have a rate, and of the items of the dump (tables, keys,
 * indexes) with the one begun last.
 * @param items how many the dump has.
 */
export function restoreProgress(
  tables: Manifest['tables'],
  items: number,
  onProgress: OnProgress,
): RestoreProgress {
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  const rowsByName = new Map(tables.map(({ table, rows }) => [table.split('.').at(-1), rows]));
  const done = new Set<string>();
  let filled = 0;
  let detail: string | null = null;
  let best = 0;
  const tellRows = (more: number) => {
    // What is on its way was counted a moment ago, and may have arrived since.
    best = Math.max(best, Math.min(filled + more, total));
    onProgress({ label: 'filling tables', detail: null, unit: 'rows', done: best, total });
  };
  return {
    takes(line) {
      detail = BEGUN.exec(line)?.[1] ?? detail;
      const [, id, what] = DONE.exec(line) ?? [];
      if (id !== undefined && what !== undefined) {
        done.add(id);
        const table = TABLE_DATA.exec(what)?.[1];
        filled += (table !== undefined && rowsByName.get(table)) || 0;
        if (table !== undefined) tellRows(0);
      }
      onProgress({ label: 'restoring', detail, unit: 'items', done: done.size, total: items });
      return NOISE.test(line);
    },
    filling: tellRows,
    over() {
      // Some items are restored without a word.
      onProgress({ label: 'restoring', detail: null, unit: 'items', done: items, total: items });
      tellRows(total);
    },
  };
}
