import { type ParsedScript, parseSql, type SqlSyntaxError, type Statement } from '../sql/parse.ts';
import { countCharacters, type SourcePosition, type SourceText } from '../sql/source-text.ts';
import { type Allowance, readAllowances } from './allowances.ts';
import { readCodeBlock } from './code-block.ts';
import { DEFAULT_THRESHOLD_ROWS, type LintContext } from './context.ts';
import { findSplits, type Split } from './find-splits.ts';
import { judgeAllowance } from './judge-allowance.ts';
import type { LintFinding } from './lint-finding.ts';
import { madeObjectNames } from './made-object-names.ts';
import { PendingSchema } from './pending-schema.ts';
import type { Problem, Rule, RuleContext } from './rule.ts';
import { RULES } from './rules.ts';
import { shortened } from './shortened.ts';

/** A pending migration: its name, its file's text, and the path by which people know the file. */
export interface LintedMigration {
  name: string;
  sql: string;
  /** `NAME/migration.sql` when absent. */
  file?: string;
}

/** Migrations that come before the linted ones and are not judged themselves. */
export interface EarlierMigrations {
  /** Those that are there, with rows in what they made, on every target on which the linted ones are pending. */
  deployed?: readonly LintedMigration[];
  /** Those that are deployed together with the linted ones. */
  pending?: readonly LintedMigration[];
}

/** What a script is judged by: the target as it is, and as it may be where this script alone is pending. */
interface Judgement {
  rules: readonly Rule[];
  actual: RuleContext;
  worst: RuleContext;
}

/**
 * Judges the pending migrations, in their order, against the target that the context describes. A file that does not
 * parse is a finding of the rule `syntax-error`; the others are judged all the same.
 */
export async function lintMigrations(
  migrations: readonly LintedMigration[],
  context: LintContext,
  { deployed = [], pending = [] }: EarlierMigrations = {},
): Promise<LintFinding[]> {
  const judgement = judgementFor(context);
  const { actual, worst } = judgement;
  for (const { schema } of [actual, worst]) await applyAll(deployed, schema);
  for (const { schema } of [actual, worst]) schema.settle();
  await applyAll(pending, actual.schema);
  await applyAll(pending, worst.schema);
  const splits = await findSplits(migrations, context.relatedRelations);
  const scripts = await Promise.all(
    migrations.map(async ({ name, sql, file = `${name}/migration.sql` }) => ({
      name,
      script: await parseSql(sql, file),
    })),
  );
  const made = madeObjectNames(
    scripts.flatMap(({ script }) =>
      script.kind === 'script' ? script.statements.flatMap(withNested).map(({ node }) => node) : [],
    ),
  );
  const findings: LintFinding[] = [];
  for (const { name, script } of scripts) {
    worst.schema.settle();
    if (script.kind === 'syntax-error') findings.push(syntaxFinding(script));
    else
      findings.push(
        ...lintScript(script, withFacts(judgement, { made, splits: splits.get(name) ?? new Map() })),
      );
  }
  return findings;
}

function judgementFor(context: LintContext): Judgement {
  const { serverVersion, serverMinor, thresholdRows = DEFAULT_THRESHOLD_ROWS, preferences = [] } = context;
  const facts = {
    serverVersion,
    serverMinor,
    thresholdRows,
    splits: new Map<number, Split>(),
    made: new Set<string>(),
  };
  return {
    rules: RULES.filter(({ name, isPreference }) => !isPreference || preferences.includes(name)),
    actual: { ...facts, schema: new PendingSchema(context) },
    worst: { ...facts, schema: new PendingSchema({ tables: undefined, serverVersion }) },
  };
}

function withFacts(
  { rules, actual, worst }: Judgement,
  facts: Pick<RuleContext, 'made' | 'splits'>,
): Judgement {
  return { rules, actual: { ...actual, ...facts }, worst: { ...worst, ...facts } };
}

async function applyAll(migrations: readonly LintedMigration[], schema: PendingSchema): Promise<void> {
  for (const { name, sql } of migrations) {
    const script = await parseSql(sql, name);
    if (script.kind === 'syntax-error') continue;
    for (const outer of script.statements) {
      for (const { node } of withNested(outer)) schema.apply(node);
    }
  }
}

function lintScript(script: ParsedScript, { rules, actual, worst }: Judgement): LintFinding[] {
  const allowances = readAllowances(script);
  const findings: LintFinding[] = [];
  const couldServe = new Set<Allowance>();
  for (const outer of script.statements) {
    const own = allowances.filter(({ statement }) => statement === outer);
    for (const statement of withNested(outer)) {
      for (const rule of rules) {
        const problems = rule.check(statement, actual);
        const source = statement === outer ? script.source : undefined;
        findings.push(...problems.map((problem) => findingOf(rule, problem, statement, source, own)));
      }
      for (const allowance of own) {
        const rule = RULES.find(({ name }) => name === allowance.rule);
        const finds = (context: RuleContext) => (rule?.check(statement, context).length ?? 0) > 0;
        if (finds(actual) || finds(worst)) couldServe.add(allowance);
      }
      actual.schema.apply(statement.node);
      worst.schema.apply(statement.node);
    }
  }
  const ofAllowances = allowances.flatMap(
    (allowance) => judgeAllowance(allowance, script, couldServe.has(allowance)) ?? [],
  );
  return [...ofAllowances, ...findings];
}

function withNested(outer: Statement): Statement[] {
  return [outer, ...(readCodeBlock(outer)?.statements ?? [])];
}

function findingOf(
  { name, acceptable }: Rule,
  { at, ...problem }: Problem,
  statement: Statement,
  source: SourceText | undefined,
  allowances: readonly Allowance[],
): LintFinding {
  const allowance = allowances.find(({ rule, reason }) => acceptable && rule === name && reason !== '');
  return {
    rule: name,
    ...problem,
    file: statement.file,
    ...placeOf(statement, source, at),
    statement: shortened(statement.text),
    accepted: allowance?.reason ?? null,
  };
}

/** The statement, or the rest of the line from a place inside it. */
function placeOf(
  { startByte, endByte, startLine, startColumn, endLine, endColumn }: Statement,
  source: SourceText | undefined,
  at: number | undefined,
): Pick<LintFinding, 'line' | 'column' | 'endLine' | 'endColumn'> {
  const whole = { line: startLine, column: startColumn, endLine, endColumn };
  if (source === undefined || at === undefined || at <= startByte || at >= endByte) return whole;
  const { line, column } = source.positionOf(at);
  if (line === endLine) return { ...whole, line, column };
  const length = countCharacters(source.restOfLine(at).trimEnd());
  return { line, column, endLine: line, endColumn: column + length };
}

function syntaxFinding({ file, line, column, message, near }: SqlSyntaxError): LintFinding {
  const end: SourcePosition = { line, column: column + Math.max(countCharacters(near), 1) };
  return {
    rule: 'syntax-error',
    severity: 'error',
    file,
    line,
    column,
    endLine: end.line,
    endColumn: end.column,
    statement: near,
    why: `PostgreSQL's parser refuses the file: ${message}.`,
    rewrite: 'Correct the SQL. Commands of psql (a backslash at the start of a line) are not SQL.',
    accepted: null,
  };
}
