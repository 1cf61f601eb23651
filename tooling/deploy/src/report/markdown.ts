import type { DeploymentOutcome, DeploymentReport, MigrationRun } from '@apms/validators';
import { formatBytes, formatCount, formatDuration } from './format.ts';

const VERDICTS: Record<DeploymentOutcome, string> = {
  deployed: 'Deployed',
  'nothing-to-do': 'Nothing to do',
  'rolled-back': 'Rolled back',
  'no-go': 'NO-GO',
  hold: 'HOLD',
  locked: 'Locked',
  failed: 'Failed',
  'rollback-failed': 'ROLLBACK FAILED',
};

const cell = (value: string | number | null) =>
  String(value ?? '–')
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ');

function table(head: string[], rows: (string | number | null)[][]): string {
  const line = (cells: (string | number | null)[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function section(title: string, body: string | false): string {
  return body ? `## ${title}\n\n${body}\n` : '';
}

function runOf(run: MigrationRun | null): string {
  if (run === null) return '–';
  const strongest = run.locks.filter(({ blocks }) => blocks !== 'schema changes');
  return `${formatDuration(run.durationMs)}, ${strongest.length === 0 ? 'no blocking lock' : `${strongest.length} blocking locks`}`;
}

/** The report for people; everything in it is in `report.json` too. */
export function toMarkdown(report: DeploymentReport): string {
  const { backup, rollback } = report;
  return [
    `# ${VERDICTS[report.outcome]}: ${report.target}, ${report.id}\n`,
    facts(report),
    report.failure ? `> ${report.failure.message.replaceAll('\n', '\n> ')}\n` : '',
    section(
      'Decision',
      report.decision !== null &&
        [
          `**${report.decision}**${report.acceptedHold ? `, accepted: ${report.acceptedHold}` : ''}`,
          ...report.reasons.map((reason) => `- ${reason}`),
        ].join('\n'),
    ),
    section('Warnings', report.warnings.map((warning) => `- ${warning}`).join('\n')),
    section(
      'Steps',
      table(
        ['step', 'result', 'duration', ''],
        report.steps.map(({ name, status, durationMs, summary }) => [
          name,
          status,
          formatDuration(durationMs),
          summary,
        ]),
      ),
    ),
    section(
      'Migrations',
      report.migrations.length > 0 &&
        table(
          ['migration', 'rehearsed', 'applied to the target', 'SHA-256'],
          report.migrations.map(({ name, checksum, rehearsed, applied }) => [
            name,
            runOf(rehearsed),
            runOf(applied),
            `${checksum.slice(0, 12)}…`,
          ]),
        ),
    ),
    section('Locks', locks(report)),
    section(
      'Checks',
      report.checks.length > 0 &&
        table(
          ['check', 'where', 'result', 'duration', 'figures', 'problems'],
          report.checks.map(({ code, title, where, status, durationMs, figures, problems }) => [
            `${code} ${title}`,
            where,
            status,
            formatDuration(durationMs),
            Object.entries(figures)
              .map(([name, value]) => `${name}: ${value}`)
              .join(', '),
            problems.map(({ message }) => message).join('; '),
          ]),
        ),
    ),
    section(
      'Findings',
      report.findings.length > 0 &&
        table(
          ['severity', 'rule', 'where', 'why', 'what to do'],
          report.findings.map(({ severity, rule, file, line, why, rewrite, accepted }) => [
            accepted === null ? severity : 'accepted',
            rule,
            [file, line].filter((part) => part !== null).join(':'),
            accepted === null ? why : `${why} Accepted: ${accepted}`,
            rewrite,
          ]),
        ),
    ),
    section(
      'Orphans',
      report.orphans.length > 0 &&
        table(
          ['foreign key', 'table', 'rows', 'for example'],
          report.orphans.map(({ foreignKey, table: name, count, sampleIds }) => [
            foreignKey,
            name,
            formatCount(count),
            sampleIds.join(', '),
          ]),
        ),
    ),
    section(
      'Rows',
      report.rowCounts.length > 0 &&
        table(
          ['table', 'before', 'after'],
          report.rowCounts.map(({ table: name, before, after }) => [
            name,
            before === null ? null : formatCount(before),
            after === null ? null : formatCount(after),
          ]),
        ),
    ),
    section(
      'Backup',
      backup !== null &&
        `${backup.driver}, ${formatBytes(backup.sizeBytes)} of a database of ${formatBytes(backup.databaseSizeBytes)}, in ${formatDuration(backup.durationMs)}; ${backup.proven ? 'restored and compared row by row' : 'checksummed, not restored'}.\n\n\`${backup.directory}\``,
    ),
    section('Rollback', rollback !== null && rollbackText(rollback)),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function facts({
  database,
  embedded,
  serverVersion,
  commit,
  dirty,
  by,
  startedAt,
  durationMs,
  lockedMs,
}: DeploymentReport): string {
  return `${table(
    ['', ''],
    [
      ['database', `${database}${embedded ? ' (embedded)' : ''}`],
      ['server', serverVersion === null ? null : `PostgreSQL ${serverVersion}`],
      ['commit', commit === null ? null : `${commit}${dirty ? ' with uncommitted changes' : ''}`],
      ['by', by],
      ['started', startedAt],
      ['duration', formatDuration(durationMs)],
      ['tables locked', lockedMs === null ? null : `at most ${formatDuration(lockedMs)}`],
    ],
  )}\n`;
}

function locks({ migrations }: DeploymentReport): string | false {
  const rows = migrations.flatMap(
    ({ name, rehearsed, applied }) =>
      (applied ?? rehearsed)?.locks.map(({ table: locked, mode, blocks }) => [name, locked, mode, blocks]) ??
      [],
  );
  return rows.length > 0 && table(['migration', 'table', 'mode', 'blocks'], rows);
}

function rollbackText({
  way,
  verified,
  quarantine,
  lockedMs,
  leftBehind,
}: NonNullable<DeploymentReport['rollback']>): string {
  const sentence = {
    transaction: 'The transaction was rolled back; what the application wrote meanwhile is there.',
    inverses:
      'The transaction was rolled back and what ran outside it undone; what the application wrote meanwhile is there.',
    'swap-back': `The backup was restored and swapped in${lockedMs === null ? '' : ` in ${formatDuration(lockedMs)}`}; the failed database is kept as \`${quarantine}\`.`,
  }[way];
  const rows = leftBehind.map(({ table: name, written, deleted }) => [
    name,
    formatCount(written),
    formatCount(deleted),
  ]);
  return [
    `${sentence} ${verified ? 'Verified: equal to before.' : 'Not equal to before in every respect: see the warnings.'}`,
    rows.length > 0
      ? `Rows written since the backup, which only the failed database has:\n\n${table(['table', 'written', 'deleted'], rows)}`
      : '',
  ]
    .join('\n\n')
    .trim();
}
