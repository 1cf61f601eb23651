import type { DeploymentOutcome, DeploymentReport, HeldLock, MigrationRun } from '@apms/validators';
import { checksText } from './checks-text.ts';
import { findingsText } from './findings-text.ts';
import { formatBytes, formatCount, formatDuration } from './format.ts';
import { table } from './markdown-table.ts';

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

/** The report for people; everything in it is in `report.json` too. */
export function toMarkdown(report: DeploymentReport): string {
  const { warnings, findings, checks } = report;
  const sections: [string, string | false][] = [
    ['Decision', decision(report)],
    ['Warnings', warnings.map(bullet).join('\n')],
    ['Steps', steps(report)],
    ['Migrations', migrations(report)],
    ['Locks', locks(report)],
    ['Checks', checks.length > 0 && checksText(checks)],
    ['Orphans', orphans(report)],
    ['Findings', findings.length > 0 && findingsText(findings)],
    ['Rows', rowCounts(report)],
    ['Backup', backup(report)],
    ['Rollback', rollback(report)],
  ];
  return [
    `# ${VERDICTS[report.outcome]}: ${report.target}, ${report.id}\n`,
    `${facts(report)}\n`,
    ...(report.failure ? [`> ${report.failure.message.replaceAll('\n', '\n> ')}\n`] : []),
    ...sections.flatMap(([title, body]) => (body ? [`## ${title}\n\n${body}\n`] : [])),
  ].join('\n');
}

const bullet = (text: string) => `- ${text.replaceAll('\n', '\n  ')}`;

function facts(report: DeploymentReport): string {
  const { database, embedded, serverVersion, commit, dirty, by, startedAt, durationMs, lockedMs } = report;
  return table(
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
  );
}

function decision(report: DeploymentReport): string | false {
  if (report.decision === null) return false;
  const accepted = report.acceptedHold ? `, accepted: ${report.acceptedHold}` : '';
  return [`**${report.decision}**${accepted}`, ...report.reasons.map(bullet)].join('\n');
}

function steps(report: DeploymentReport): string {
  return table(
    ['step', 'result', { right: 'duration' }, 'what it found or did'],
    report.steps.map(({ name, status, durationMs, summary }) => [
      name,
      status,
      formatDuration(durationMs),
      summary,
    ]),
  );
}

function migrations(report: DeploymentReport): string | false {
  const duration = (run: MigrationRun | null) => (run === null ? null : formatDuration(run.durationMs));
  return (
    report.migrations.length > 0 &&
    table(
      [
        'migration',
        { right: 'rehearsed' },
        { right: 'on the target' },
        { right: 'tables locked' },
        'SHA-256',
      ],
      report.migrations.map(({ name, checksum, rehearsed, applied }) => {
        const strongest = strongestLocks(applied ?? rehearsed);
        return [
          name,
          duration(rehearsed),
          duration(applied),
          strongest.filter(({ blocks }) => blocks !== 'schema changes').length,
          `${checksum.slice(0, 12)}…`,
        ];
      }),
    )
  );
}

const STRENGTH = ['schema changes', 'writes', 'reads and writes'];

/** Of the locks on one table, the one that blocks most: the others do not show beside it. */
function strongestLocks(run: MigrationRun | null): HeldLock[] {
  const strongest = new Map<string, HeldLock>();
  for (const lock of run?.locks ?? []) {
    const other = strongest.get(lock.table);
    if (other === undefined || STRENGTH.indexOf(lock.blocks) > STRENGTH.indexOf(other.blocks))
      strongest.set(lock.table, lock);
  }
  return [...strongest.values()];
}

function locks(report: DeploymentReport): string | false {
  const rows = report.migrations.flatMap(({ name, rehearsed, applied }) =>
    [...Map.groupBy(strongestLocks(applied ?? rehearsed), ({ mode, blocks }) => `${blocks} (${mode})`)].map(
      ([blocks, held]) => [name, blocks, held.map(({ table: locked }) => locked).join(', ')],
    ),
  );
  return rows.length > 0 && table(['migration', 'blocks', 'tables'], rows);
}

function orphans(report: DeploymentReport): string | false {
  return (
    report.orphans.length > 0 &&
    table(
      ['foreign key', 'table', { right: 'rows' }, 'for example'],
      report.orphans.map(({ foreignKey, table: name, count, sampleIds }) => [
        foreignKey,
        name,
        formatCount(count),
        sampleIds.join(', '),
      ]),
    )
  );
}

function rowCounts(report: DeploymentReport): string | false {
  const count = (rows: number | null) => (rows === null ? null : formatCount(rows));
  const signed = (change: number) =>
    change === 0 ? '' : `${change > 0 ? '+' : '−'}${formatCount(Math.abs(change))}`;
  return (
    report.rowCounts.length > 0 &&
    [
      'Before: in the backup. After: on the target, at the end; clients may have written meanwhile.',
      table(
        [
          'table',
          { right: 'before' },
          { right: 'after' },
          { right: 'change' },
          { right: 'by the migrations' },
        ],
        report.rowCounts.map(({ table: name, before, after, byMigrations }) => [
          name,
          count(before),
          count(after),
          before === null || after === null ? '' : signed(after - before),
          signed(byMigrations),
        ]),
      ),
    ].join('\n\n')
  );
}

function backup({ backup: made }: DeploymentReport): string | false {
  return (
    made !== null &&
    `${made.driver}, ${formatBytes(made.sizeBytes)} of a database of ${formatBytes(made.databaseSizeBytes)}, in ${formatDuration(made.durationMs)}; ${made.proven ? 'restored and compared row by row' : 'checksummed, not restored'}.\n\n\`${made.location}\``
  );
}

function rollback({ rollback: done }: DeploymentReport): string | false {
  if (done === null) return false;
  const { way, verified, quarantine, lockedMs, leftBehind } = done;
  const sentence = {
    transaction: 'The transaction was rolled back; what the application wrote meanwhile is there.',
    inverses:
      'The transaction was rolled back and what ran outside it undone; what the application wrote meanwhile is there.',
    'swap-back': `The backup was restored and swapped in; nobody could connect for ${formatDuration(lockedMs ?? 0)}. The replaced database is kept as \`${quarantine}\`.`,
  }[way];
  const proof = verified
    ? 'Verified: equal to before.'
    : 'Not equal to before in every respect: see the warnings.';
  return [`${sentence} ${proof}`, ...(way === 'swap-back' ? [left(leftBehind)] : [])].join('\n\n');
}

type LeftBehind = NonNullable<DeploymentReport['rollback']>['leftBehind'];

function left(leftBehind: LeftBehind): string {
  if (leftBehind === null) return 'What was written since the backup could not be counted: see the warnings.';
  if (leftBehind.length === 0) return 'Nothing was written since the backup.';
  const rows = leftBehind.map(({ table: name, written, updatedOrDeleted }) => [
    name,
    formatCount(written),
    formatCount(updatedOrDeleted),
  ]);
  return [
    'Written since the backup, and now only in the replaced database:',
    table(['table', { right: 'rows inserted or updated' }, { right: 'rows updated or deleted' }], rows),
  ].join('\n\n');
}
