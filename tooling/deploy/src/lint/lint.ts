import type { DeploymentFinding } from '@apms/validators';
import { type ParsedScript, parseSql, type SqlSyntaxError, type Statement } from '../sql/parse.ts';
import { type Allowance, readAllowances } from './allowances.ts';
import { readCodeBlock } from './code-block.ts';
import { DEFAULT_THRESHOLD_ROWS, type LintContext } from './context.ts';
import { PendingSchema } from './pending-schema.ts';
import type { Problem, Rule, RuleContext } from './rule.ts';
import { RULES } from './rules.ts';

/** A pending migration: its name, its file's text, and the path by which people know the file. */
export interface LintedMigration {
  name: string;
  sql: string;
  /** `NAME/migration.sql` when absent. */
  file?: string;
}

/**
 * Judges the pending migrations, in their order, against the target that the context describes. A file that does not
 * parse is a finding of the rule `syntax-error`; the others are judged all the same.
 */
export async function lintMigrations(
  migrations: readonly LintedMigration[],
  context: LintContext,
): Promise<DeploymentFinding[]> {
  const schema = new PendingSchema(context);
  const { serverVersion, thresholdRows = DEFAULT_THRESHOLD_ROWS } = context;
  const findings: DeploymentFinding[] = [];
  for (const { name, sql, file = `${name}/migration.sql` } of migrations) {
    const script = await parseSql(sql, file);
    if (script.kind === 'syntax-error') findings.push(syntaxFinding(script));
    else findings.push(...(await lintScript(script, { schema, serverVersion, thresholdRows })));
  }
  return findings;
}

async function lintScript(script: ParsedScript, context: RuleContext): Promise<DeploymentFinding[]> {
  const allowances = await readAllowances(script);
  const findings: DeploymentFinding[] = allowances.flatMap((allowance) =>
    invalidAllowance(allowance, script.file),
  );
  for (const outer of script.statements) {
    const own = allowances.filter(({ statement }) => statement === outer);
    for (const statement of [outer, ...(readCodeBlock(outer)?.statements ?? [])]) {
      for (const rule of RULES) {
        const problems = rule.check(statement, context);
        findings.push(...problems.map((problem) => findingOf(rule, problem, statement, own)));
      }
      context.schema.apply(statement.node);
    }
  }
  return findings;
}

function findingOf(
  { name, acceptable }: Rule,
  problem: Problem,
  { file, startLine, startColumn, text }: Statement,
  allowances: readonly Allowance[],
): DeploymentFinding {
  const allowance = allowances.find(({ rule, reason }) => acceptable && rule === name && reason !== '');
  return {
    rule: name,
    ...problem,
    file,
    line: startLine,
    column: startColumn,
    statement: shortened(text),
    accepted: allowance?.reason ?? null,
  };
}

function invalidAllowance({ rule, reason, statement, comment, line, column }: Allowance, file: string) {
  const known = RULES.find(({ name }) => name === rule);
  const why = [
    ...(known === undefined ? [`there is no rule ${rule || 'without a name'}`] : []),
    ...(known?.acceptable === false ? [`${rule} cannot be accepted`] : []),
    ...(reason === '' ? ['it gives no reason'] : []),
    ...(statement === undefined ? ['no statement follows it'] : []),
  ];
  if (why.length === 0) return [];
  const finding: DeploymentFinding = {
    rule: 'invalid-allow',
    severity: 'error',
    file,
    line,
    column,
    statement: shortened(comment),
    why: `The comment accepts nothing: ${why.join(', and ')}.`,
    rewrite: 'Directly before the statement: -- deploy:allow RULE REASON, with a rule of docs/lint.md.',
    accepted: null,
  };
  return [finding];
}

function syntaxFinding({ file, line, column, message, near }: SqlSyntaxError): DeploymentFinding {
  return {
    rule: 'syntax-error',
    severity: 'error',
    file,
    line,
    column,
    statement: near,
    why: `PostgreSQL's parser refuses the file: ${message}.`,
    rewrite: 'Correct the SQL. Commands of psql (a backslash at the start of a line) are not SQL.',
    accepted: null,
  };
}

const SHORT_LENGTH = 120;

/** A statement on one line, cut off where it is long. */
function shortened(text: string): string {
  const line = text
    .split('\n')
    .map((part) => part.trim())
    .join(' ');
  return line.length <= SHORT_LENGTH ? line : `${line.slice(0, SHORT_LENGTH - 1)}…`;
}
