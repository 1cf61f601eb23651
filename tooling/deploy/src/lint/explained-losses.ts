import { mentionsOf } from '../sql/mentions.ts';
import { parseSql } from '../sql/parse.ts';
import { readAllowances } from './allowances.ts';
import type { LintedMigration } from './lint.ts';

const LOSSES = new Set(['row-loss', 'truncate', 'drop-table']);

/**
 * The tables, by unqualified name, of which pending migrations say why they lose rows: those that an accepted statement
 * names, and those that the reason names (a cascade deletes where no statement says so).
 */
export async function explainedLosses(migrations: readonly LintedMigration[]): Promise<Set<string>> {
  const explained = new Set<string>();
  for (const { name, sql } of migrations) {
    const script = await parseSql(sql, name);
    if (script.kind === 'syntax-error') continue;
    for (const { rule, reason, statement } of await readAllowances(script)) {
      if (!LOSSES.has(rule) || reason === '' || statement === undefined) continue;
      for (const table of mentionsOf(statement.node).relations) explained.add(table);
      for (const word of reason.split(/[\s,;:.]+/)) explained.add(word);
    }
  }
  return explained;
}
