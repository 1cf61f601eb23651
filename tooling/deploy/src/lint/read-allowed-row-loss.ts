import { mentionsOf } from '../sql/mentions.ts';
import { parseSql } from '../sql/parse.ts';
import { readAllowances } from './allowances.ts';
import type { LintedMigration } from './lint.ts';

const RULES_OF_LOSS = ['row-loss', 'truncate', 'drop-table'];

/**
 * Reads for which tables (`schema.name`) the migrations say that rows go on purpose: those that a statement names
 * which bears `-- deploy:allow row-loss REASON` (or `truncate`, or `drop-table`). Rows that go by a cascade are of
 * tables that the statement does not name; an accepted code block may name any.
 */
export async function readAllowedRowLoss(
  migrations: readonly LintedMigration[],
): Promise<(table: string) => boolean> {
  const names = new Set<string>();
  let anyTable = false;
  for (const { name, sql } of migrations) {
    const script = await parseSql(sql, name);
    if (script.kind === 'syntax-error') continue;
    for (const { rule, reason, statement } of await readAllowances(script)) {
      if (!RULES_OF_LOSS.includes(rule) || reason === '' || statement === undefined) continue;
      const { opaque, relations } = mentionsOf(statement.node);
      anyTable ||= opaque;
      for (const relation of relations) names.add(relation);
    }
  }
  return (table) => anyTable || [...names].some((name) => table.endsWith(`.${name}`));
}
