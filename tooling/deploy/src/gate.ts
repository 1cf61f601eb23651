import {
  type CheckResult,
  type Decision,
  type DeploymentFinding,
  mostHeldChecks,
  type OrphanFinding,
} from '@apms/validators';
import { describeProblem } from './describe-problem.ts';
import { explain } from './explain.ts';
import { explainWithoutRows } from './explain-without-rows.ts';
import type { Failure } from './failure.ts';
import { formatCount } from './report/format.ts';
import { whyOf } from './report/why-of.ts';

/** What the plan and the rehearsal found; all that the decision depends on. */
export interface Evidence {
  findings: readonly DeploymentFinding[];
  checks: readonly CheckResult[];
  orphans: readonly OrphanFinding[];
  /** What stopped the rehearsal, if something did. */
  rehearsalFailure: Failure | null;
  /** Rows that the migrations lose and no accepted statement explains, by table. */
  unexplainedLosses: ReadonlyMap<string, number>;
  /** Sentences of the tables that would be blocked for longer than the lock budget allows. */
  overBudget: readonly string[];
  /** Why somebody wants to go on although the decision is HOLD. */
  acceptHold: string | null;
}

export interface Verdict {
  decision: Decision;
  reasons: string[];
  /** The same without what rows of the target may hold. */
  reasonsWithoutRows: string[];
  /** The reason that turned a HOLD into going on. */
  acceptedHold: string | null;
}

/** A check that did not pass, with the first of its problems. */
export function describeCheck({ code, title, status, problems }: CheckResult): string {
  const shown = problems.slice(0, 3).map(describeProblem);
  const more = problems.length > shown.length ? [`and ${problems.length - shown.length} more`] : [];
  return `${code} ${title} ${status}: ${[...shown, ...more].join('; ')}.`;
}

/** Rows that the migrations delete and that no accepted statement explains, and how to explain them. */
export function describeLoss(table: string, rows: number): string {
  return `${table} loses ${plural(rows, 'row')} by the migrations. If that is meant, say why above the statement, and name in full the tables that lose theirs by a cascade: -- deploy:allow row-loss WHY, ${table} too.`;
}

const plural = (count: number, noun: string) => `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;

const MEND_FIRST =
  'One wrong value can break several keys: every key of several columns that it is part of, and those of the rows that refer to its row. Mend the rows in the order above, the keys of fewest columns first, and run again.';

/** Keys of fewest columns first, and rows that are there for the second time said to be: a wrong workspace breaks every key that carries it. */
function describeOrphans(findings: readonly OrphanFinding[]): string[] {
  const listed = new Map<string, string>();
  const sorted = findings.toSorted((a, b) => a.foreignKey.columns.length - b.foreignKey.columns.length);
  const sentences = sorted.map(({ foreignKey, count, sampleIds }) => {
    const { table, columns, referencedTable, name } = foreignKey;
    const earlier = new Set(sampleIds.map((id) => listed.get(`${table} ${id}`)));
    for (const id of sampleIds) if (!listed.has(`${table} ${id}`)) listed.set(`${table} ${id}`, name);
    const isKnown = sampleIds.length === count && !earlier.has(undefined);
    const again = isKnown ? `, already listed under ${[...earlier].join(' and ')}` : '';
    const samples = `${sampleIds.length < count ? 'for example ' : ''}${sampleIds.join(', ')}`;
    const listing = sampleIds.length === 0 ? '' : `: ${samples}`;
    return `${plural(count, 'orphan')} in ${table} (${columns.join(', ')}) → ${referencedTable} (${name})${again}${listing}.`;
  });
  return findings.some(({ foreignKey }) => foreignKey.columns.length > 1)
    ? [...sentences, MEND_FIRST]
    : sentences;
}

/**
 * Decides go or no-go; pure. A plan error, a failed rehearsal, an orphan, an unexplained deletion or any C check that
 * did not pass is a NO-GO, and so are three I checks; one or two are a HOLD, and so are tables that would be blocked for
 * longer than the lock budget allows; N checks never block.
 * @source domain.md, "Validation suite and the go/no-go decision"
 */
export function decide(evidence: Evidence): Verdict {
  const { decision, reasons } = judge(evidence, explain);
  const reasonsWithoutRows = judge(withoutRows(evidence), tellWithoutRows).reasons;
  // A blank is no reason.
  const acceptedHold = (decision === 'HOLD' && evidence.acceptHold?.trim()) || null;
  return { decision, reasons, reasonsWithoutRows, acceptedHold };
}

/** The evidence without ids of rows and without what the server said. */
function withoutRows(evidence: Evidence): Evidence {
  return {
    ...evidence,
    findings: evidence.findings.map(
      ({ rule, severity, file, line, column, statement, why, rewrite, accepted }) => ({
        rule,
        severity,
        file,
        line,
        column,
        statement,
        why,
        rewrite,
        accepted,
      }),
    ),
    orphans: evidence.orphans.map((orphan) => ({ ...orphan, sampleIds: [] })),
    checks: evidence.checks.map((check) => ({
      ...check,
      problems: check.problems.map(({ message }) => ({ message })),
    })),
  };
}

function tellWithoutRows(failure: Failure): string {
  return explainWithoutRows(failure) ?? `The rehearsal failed (${failure.code}).`;
}

function judge(
  evidence: Evidence,
  tell: (failure: Failure) => string,
): Pick<Verdict, 'decision' | 'reasons'> {
  const failed = evidence.checks.filter(({ status }) => status !== 'passed');
  const blocking = failed.filter(({ code }) => code.startsWith('C'));
  const holding = failed.filter(({ code }) => code.startsWith('I'));
  const errors = evidence.findings.filter(
    ({ severity, accepted }) => severity === 'error' && accepted === null,
  );
  const against = [
    ...errors.map(
      (finding) =>
        `${[finding.file, finding.line].filter((part) => part !== null).join(':') || finding.rule}: ${whyOf(finding)} ${finding.rewrite}`,
    ),
    ...describeOrphans(evidence.orphans),
    ...(evidence.rehearsalFailure === null ? [] : [tell(evidence.rehearsalFailure)]),
    ...[...evidence.unexplainedLosses].map(([table, rows]) => describeLoss(table, rows)),
    ...blocking.map(describeCheck),
    ...(holding.length > mostHeldChecks ? holding.map(describeCheck) : []),
  ];
  if (against.length > 0) return { decision: 'NO-GO', reasons: against };
  const reasons = [...evidence.overBudget, ...holding.map(describeCheck)];
  return { decision: reasons.length > 0 ? 'HOLD' : 'GO', reasons };
}
