import type { DeploymentReport } from '@apms/validators';
import type { Block, ReportDocument, Section, Text } from './document.ts';
import { formatDuration } from './format.ts';
import { backupBlocks } from './sections/backup-blocks.ts';
import { checksBlocks } from './sections/checks-blocks.ts';
import { decisionBlocks } from './sections/decision-blocks.ts';
import { findingsBlocks } from './sections/findings-blocks.ts';
import { hooksBlocks } from './sections/hooks-blocks.ts';
import { locksBlocks } from './sections/locks-blocks.ts';
import { migrationsBlocks } from './sections/migrations-blocks.ts';
import { orphansBlocks } from './sections/orphans-blocks.ts';
import { recoveryBlocks } from './sections/recovery-blocks.ts';
import { rollbackBlocks } from './sections/rollback-blocks.ts';
import { rowsBlocks } from './sections/rows-blocks.ts';
import { stepsBlocks } from './sections/steps-blocks.ts';
import { verdictOf } from './verdict-of.ts';

/** The sections in the order in which a reader needs them; one without blocks is left out. */
const SECTIONS: readonly (readonly [title: string, (report: DeploymentReport) => readonly Block[]])[] = [
  ['Failure', ({ failure }) => (failure === null ? [] : [{ kind: 'message', text: failure.message }])],
  ['Recovery', recoveryBlocks],
  ['Decision', decisionBlocks],
  ['Warnings', ({ warnings }) => (warnings.length === 0 ? [] : [{ kind: 'list', items: warnings }])],
  ['Rollback', rollbackBlocks],
  ['Orphans', orphansBlocks],
  ['Steps', stepsBlocks],
  ['Migrations', migrationsBlocks],
  ['Locks', locksBlocks],
  ['Checks', checksBlocks],
  ['Findings', findingsBlocks],
  ['Rows', rowsBlocks],
  ['Backup', backupBlocks],
  ['Hooks', hooksBlocks],
];

/** What a report says to people, wherever it is shown; everything in it is in `report.json` too. Pure. */
export function composeDocument(report: DeploymentReport): ReportDocument {
  const verdict = verdictOf(report);
  const sections: Section[] = SECTIONS.map(([title, blocks]) => ({ title, blocks: blocks(report) }));
  return {
    title: `${verdict.title}: ${report.target}, ${report.id}`,
    verdict,
    facts: factsOf(report),
    sections: sections.filter(({ blocks }) => blocks.length > 0),
  };
}

function factsOf(report: DeploymentReport): ReportDocument['facts'] {
  const { database, embedded, serverVersion, commit, dirty, by, startedAt, durationMs, lockedMs } = report;
  const facts: [string, Text | null][] = [
    ['deployment', [{ code: report.id }]],
    ['database', [{ code: database }, embedded ? ' (embedded)' : '']],
    ['server', serverVersion && `PostgreSQL ${serverVersion}`],
    ['commit', commit && [{ code: commit }, dirty ? ' with uncommitted changes' : '']],
    ['by', by],
    ['started', `${startedAt.slice(0, 19).replace('T', ' ')} UTC`],
    ['duration', formatDuration(durationMs)],
    ['decision', report.decision],
    ['tables locked', lockedMs === null ? null : `at most ${formatDuration(lockedMs)}`],
  ];
  return facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}
