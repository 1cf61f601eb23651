import type { ParsedScript } from '../sql/parse.ts';
import { countCharacters } from '../sql/source-text.ts';
import type { Allowance } from './allowances.ts';
import type { LintFinding } from './lint-finding.ts';
import { RULES } from './rules.ts';
import { shortened } from './shortened.ts';

/** It also tells the deployment which tables lose rows by a cascade or a trigger, of which no statement says anything. */
const NEVER_UNUSED = 'row-loss';

/**
 * What is wrong with a `-- deploy:allow` comment: it accepts nothing at all (`invalid-allow`), or nothing that could be
 * found on any target (`unused-allow`). One that only this target has no need of is fine.
 */
export function judgeAllowance(
  allowance: Allowance,
  { file }: ParsedScript,
  couldServe: boolean,
): LintFinding | undefined {
  const { rule, comment, line, column } = allowance;
  const place = { file, line, column, endLine: line, endColumn: column + countCharacters(comment) };
  const shared = { ...place, statement: shortened(comment), accepted: null };
  const wrong = faultsOf(allowance);
  if (wrong.length > 0) {
    return {
      ...shared,
      rule: 'invalid-allow',
      severity: 'error',
      why: `The comment accepts nothing: ${wrong.join(', and ')}.`,
      rewrite: 'Directly before the statement: -- deploy:allow RULE REASON, with a rule of docs/lint.md.',
    };
  }
  if (couldServe || rule === NEVER_UNUSED) return undefined;
  return {
    ...shared,
    rule: 'unused-allow',
    severity: 'notice',
    why: `Nothing in the statement could be a finding of ${rule}, on whatever target.`,
    rewrite: 'Remove the comment, or put it directly before the statement that it is about.',
  };
}

function faultsOf({ rule, reason, statement }: Allowance): string[] {
  const known = RULES.find(({ name }) => name === rule);
  return [
    ...(known === undefined ? [`there is no rule ${rule || 'without a name'}`] : []),
    ...(known?.acceptable === false ? [`${rule} cannot be accepted`] : []),
    ...(reason === '' ? ['it gives no reason'] : []),
    ...(statement === undefined ? ['no statement follows it'] : []),
  ];
}
