import type { CheckResult, Decision, DeploymentFinding, OrphanFinding } from '@apms/validators';

/** What the plan and the rehearsal found; all that the decision depends on. */
export interface Evidence {
  findings: readonly DeploymentFinding[];
  checks: readonly CheckResult[];
  orphans: readonly OrphanFinding[];
  /** The sentence of what stopped the rehearsal, if something did. */
  rehearsalFailure: string | null;
  /** Rows that the migrations lose and no accepted statement explains, by table. */
  unexplainedLosses: ReadonlyMap<string, number>;
  /** Why somebody wants to go on although the decision is HOLD. */
  acceptHold: string | null;
}

export interface Verdict {
  decision: Decision;
  reasons: string[];
  /** The reason that turned a HOLD into going on. */
  acceptedHold: string | null;
}

/** This many failed I checks are no longer a matter for one person's reason. */
const MOST_HELD = 2;

function describeCheck({ code, title, status, problems }: CheckResult): string {
  const shown = problems.slice(0, 3).map(({ message }) => message);
  const more = problems.length > shown.length ? [`and ${problems.length - shown.length} more`] : [];
  return `${code} ${title} ${status}: ${[...shown, ...more].join('; ')}.`;
}

function describeOrphans({ foreignKey, count, sampleIds }: OrphanFinding): string {
  const { table, columns, referencedTable, name } = foreignKey;
  return `${count} orphans in ${table} (${columns.join(', ')}) → ${referencedTable} (${name}), for example ${sampleIds.join(', ')}.`;
}

/**
 * Decides go or no-go; pure. A plan error, a failed rehearsal, an orphan, an unexplained deletion or any C check that
 * did not pass is a NO-GO, and so are three I checks; one or two are a HOLD; N checks never block.
 * @source domain.md, "Validation suite and the go/no-go decision"
 */
export function decide(evidence: Evidence): Verdict {
  const failed = evidence.checks.filter(({ status }) => status !== 'passed');
  const blocking = failed.filter(({ code }) => code.startsWith('C'));
  const holding = failed.filter(({ code }) => code.startsWith('I'));
  const errors = evidence.findings.filter(
    ({ severity, accepted }) => severity === 'error' && accepted === null,
  );
  const against = [
    ...errors.map(
      ({ rule, file, line, why, rewrite }) =>
        `${[file, line].filter((part) => part !== null).join(':') || rule}: ${why} ${rewrite}`,
    ),
    ...evidence.orphans.map(describeOrphans),
    ...(evidence.rehearsalFailure === null ? [] : [evidence.rehearsalFailure]),
    ...[...evidence.unexplainedLosses].map(
      ([table, rows]) =>
        `${table} loses ${rows} rows by the migrations. If that is meant, say why above the statement, and name in full the tables that lose theirs by a cascade: -- deploy:allow row-loss WHY, ${table} too.`,
    ),
    ...blocking.map(describeCheck),
    ...(holding.length > MOST_HELD ? holding.map(describeCheck) : []),
  ];
  if (against.length > 0) return { decision: 'NO-GO', reasons: against, acceptedHold: null };
  if (holding.length > 0)
    return { decision: 'HOLD', reasons: holding.map(describeCheck), acceptedHold: evidence.acceptHold };
  return { decision: 'GO', reasons: [], acceptedHold: null };
}
