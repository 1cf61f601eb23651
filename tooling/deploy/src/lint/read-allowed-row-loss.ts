import { mentionsOf } from '../sql/mentions.ts';
import { parseSql } from '../sql/parse.ts';
import { readAllowances } from './allowances.ts';
import type { LintedMigration } from './lint.ts';

/** The rules whose accepted statements may leave a table with fewer rows, or without its name. */
const RULES_OF_LOSS = ['row-loss', 'truncate', 'drop-table', 'rename-table'];

/**
 * Reads for which tables (`schema.name`) the migrations say that rows go on purpose: those that a statement names
 * which bears `-- deploy:allow row-loss REASON` (or `truncate`, `drop-table`, `rename-table`), and those that the reason
 * names in full (`public.sites`), because a cascade deletes where no statement says so. An accepted code block may mean any table.
 */
export async function readAllowedRowLoss(
  migrations: readonly LintedMigration[],
): Promise<(table: string) => boolean> {
  const names = new Set<string>();
  const reasons: string[] = [];
  let anyTable = false;
  for (const { name, sql } of migrations) {
    const script = await parseSql(sql, name);
    if (script.kind === 'syntax-error') continue;
    for (const { rule, reason, statement } of readAllowances(script)) {
      if (!RULES_OF_LOSS.includes(rule) || reason === '' || statement === undefined) continue;
      const { opaque, relations } = mentionsOf(statement.node);
      anyTable ||= opaque;
      for (const relation of relations) names.add(relation);
      reasons.push(reason);
    }
  }
  return (table) =>
    anyTable ||
    [...names].some((name) => table.endsWith(`.${name}`)) ||
    reasons.some((reason) => isNamedIn(reason, table));
}

function isNamedIn(reason: string, table: string): boolean {
  const words = ` ${reason} `;
  return [...words.matchAll(/[^\w.]/g)].some(
    ({ index }) => words.startsWith(table, index + 1) && /^\W/.test(words.slice(index + 1 + table.length)),
  );
}
