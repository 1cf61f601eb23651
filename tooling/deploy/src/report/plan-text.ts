import type { Decision, DeploymentFinding } from '@apms/validators';
import { describe } from '../connection.ts';
import type { Run } from '../run-context.ts';
import type { ExecutionUnit } from '../sql/arrange.ts';
import type { Plan } from '../steps/plan.ts';
import { formatBytes } from './format.ts';

const bullets = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');

function describeUnit(unit: ExecutionUnit): string {
  if (unit.kind === 'transaction') {
    return `in one transaction: ${[...new Set(unit.parts.map(({ migration }) => migration))].join(', ')}`;
  }
  const undo = unit.inverse === undefined ? 'only the backup undoes it' : 'undone by its inverse';
  return `alone: ${unit.migration}:${unit.line} (${unit.reason}; ${undo})`;
}

function describeFinding({
  severity,
  rule,
  file,
  line,
  column,
  statement,
  why,
  rewrite,
  accepted,
}: DeploymentFinding): string {
  const place = [file, line, column].filter((part) => part !== null).join(':');
  const head = `**${accepted === null ? severity : 'accepted'}** ${rule}${place ? ` at ${place}` : ''}: ${why}`;
  return [
    head,
    statement && `  Statement: \`${statement}\``,
    accepted === null ? `  What to do: ${rewrite}` : `  Accepted: ${accepted}`,
  ]
    .filter(Boolean)
    .join('\n');
}

/** The plan for a terminal and, being Markdown, for a job summary. */
export function planText(
  run: Run,
  { facts, tools, applied, pending, units, findings }: Plan,
  decision: Decision,
): string {
  const { target, commit } = run;
  const client = target.embedded
    ? 'a snapshot of the embedded server'
    : tools
      ? `pg_dump ${tools.version}`
      : 'nothing to back up for';
  const parts = [
    `## Plan for ${target.name}\n`,
    bullets([
      `database: ${describe(target.connection)}${target.embedded ? ' (embedded PostgreSQL: no URL is set)' : ''}, ${formatBytes(facts.databaseSizeBytes)}`,
      `server: PostgreSQL ${facts.version}; backup: ${client}`,
      `commit: ${commit.hash ?? 'unknown'}${commit.dirty ? ' with uncommitted changes' : ''}`,
      `applied: ${applied.length}, pending: ${pending.length}`,
    ]),
    pending.length > 0
      ? `\n### Pending\n\n${bullets(units.map(describeUnit)) || bullets(pending.map(({ name }) => name))}`
      : '',
    findings.length > 0 ? `\n### Findings\n\n${bullets(findings.map(describeFinding))}` : '',
    `\n${verdict(decision, pending.length)}`,
  ];
  return parts.filter(Boolean).join('\n');
}

function verdict(decision: Decision, pending: number): string {
  if (decision === 'NO-GO') return 'A run would stop here: NO-GO. Nothing was changed.';
  return pending === 0
    ? 'Nothing to do.'
    : 'A run would go on to the backup and the rehearsal. Nothing was changed.';
}
