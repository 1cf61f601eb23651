import type { Decision, DeploymentFinding } from '@apms/validators';
import { describeObstacle } from '../budget/describe.ts';
import type { ClientTools } from '../client-tools.ts';
import { describe } from '../connection.ts';
import type { Run } from '../run-context.ts';
import { type ExecutionUnit, isReversible } from '../sql/arrange.ts';
import type { Phasings } from '../sql/phases.ts';
import type { Plan } from '../steps/plan.ts';
import type { Target } from '../target.ts';
import { formatBytes, formatDuration } from './format.ts';
import { whyOf } from './why-of.ts';

const bullets = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');

function describeUnit(unit: ExecutionUnit): string {
  if (unit.kind === 'transaction') {
    return `in one transaction: ${[...new Set(unit.parts.map(({ migration }) => migration))].join(', ')}`;
  }
  const undo = unit.inverse === undefined ? 'only the backup undoes it' : 'undone by its inverse';
  return `alone: ${unit.migration}:${unit.line} (${unit.reason}; ${undo})`;
}

function describeFinding(finding: DeploymentFinding): string {
  const { severity, rule, file, line, column, statement, rewrite, accepted } = finding;
  const place = [file, line, column].filter((part) => part !== null).join(':');
  const head = `**${accepted === null ? severity : 'accepted'}** ${rule}${place ? ` at ${place}` : ''}: ${whyOf(finding)}`;
  return [
    head,
    statement && `  Statement: \`${statement}\``,
    accepted === null ? `  What to do: ${rewrite}` : `  Accepted: ${accepted}`,
  ]
    .filter(Boolean)
    .join('\n');
}

function backupBy({ embedded, settings }: Target, tools: ClientTools | undefined): string {
  if (embedded !== undefined) return 'a snapshot of the embedded server';
  if (settings.backup.driver === 'pgbackrest') return `pgBackRest, stanza "${settings.backup.stanza}"`;
  return tools === undefined ? 'nothing to back up for' : `pg_dump ${tools.version}`;
}

/** The plan for a terminal and, being Markdown, for a job summary. */
export function planText(run: Run, planned: Plan, decision: Decision): string {
  const { facts, tools, applied, pending, findings } = planned;
  const { target, commit } = run;
  const client = backupBy(run.target, tools);
  const parts = [
    `## Plan for ${target.name}\n`,
    bullets([
      `database: ${describe(target.connection)}${target.embedded ? ' (embedded PostgreSQL: no URL is set)' : ''}, ${formatBytes(facts.databaseSizeBytes)}`,
      `server: PostgreSQL ${facts.version}; backup: ${client}`,
      `commit: ${commit.hash ?? 'unknown'}${commit.dirty ? ' with uncommitted changes' : ''}`,
      `applied: ${applied.length}, pending: ${pending.length}`,
    ]),
    pending.length > 0 ? `\n### Pending\n\n${bullets(describePending(run, planned))}` : '',
    findings.length > 0 ? `\n### Findings\n\n${bullets(findings.map(describeFinding))}` : '',
    `\n${verdict(decision, pending.length)}`,
  ];
  return parts.filter(Boolean).join('\n');
}

/** For how long tables would be blocked, only a rehearsal can tell. */
function lockBudget({ target }: Run, { ways: [way], obstacle }: Phasings): string[] {
  const { maxLockMs, rehearse } = target.settings;
  if (!rehearse) return ['locks: nothing is rehearsed, so nobody will know for how long tables are blocked'];
  const decided = `locks: the rehearsal decides; if tables would be blocked for longer than ${formatDuration(maxLockMs)} (maxLockMs)`;
  if (obstacle !== undefined) return [`${decided}, the run is on HOLD. ${describeObstacle(obstacle)}`];
  if (way === undefined) return [];
  const committed = way.slice(0, -1);
  const only = committed.filter((unit) => !isReversible(unit, false)).length;
  const undone = only === 0 ? 'all undone by inverses' : `${only} of which only the backup undoes`;
  return [`${decided}, ${committed.length} phases are committed before the last transaction, ${undone}`];
}

function describePending(run: Run, { units, pending, phasings }: Plan): string[] {
  const order = units.length > 0 ? units.map(describeUnit) : pending.map(({ name }) => name);
  return [...order, ...lockBudget(run, phasings)];
}

function verdict(decision: Decision, pending: number): string {
  if (decision === 'NO-GO') return 'A run would stop here: NO-GO. Nothing was changed.';
  return pending === 0
    ? 'Nothing to do.'
    : 'A run would go on to the backup and the rehearsal. Nothing was changed.';
}
