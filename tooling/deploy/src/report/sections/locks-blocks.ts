import type { DeploymentReport, MigrationRun } from '@apms/validators';
import type { Bar, Block, Piece } from '../document.ts';
import { formatCount, plural } from '../format.ts';
import { forecastBlocks } from './forecast-blocks.ts';
import { namesOf } from './names-of.ts';
import { phasesBlocks } from './phases-blocks.ts';
import { blockingLocks, strongestLocks } from './strongest-locks.ts';

/** So many migrations have a bar: those that took longest. */
const DRAWN = 30;

interface Measured {
  name: string;
  run: MigrationRun;
}

/** How long the migrations kept the application from its tables, beside what the target allows. */
export function locksBlocks(report: DeploymentReport): Block[] {
  const { migrations, lockedMs, rehearsedLockedMs } = report;
  const isApplied = migrations.some(({ applied }) => applied !== null);
  const runs = migrations.flatMap(({ name, applied, rehearsed }): Measured[] => {
    const run = isApplied ? applied : rehearsed;
    return run === null ? [] : [{ name, run }];
  });
  const where = isApplied ? 'on the target' : 'in the rehearsal';
  const phases = phasesBlocks(report);
  return [
    ...(phases.length > 0
      ? phases
      : timeline(runs, isApplied ? lockedMs : rehearsedLockedMs, report.lockBudgetMs, where)),
    ...forecastBlocks(report),
    ...heldTable(runs),
  ];
}

function timeline(
  runs: readonly Measured[],
  lockedMs: number | null,
  budgetMs: number | null,
  where: string,
): Block[] {
  const blocking = runs.filter(({ run }) => blockingLocks(run).length > 0);
  if (lockedMs === null || blocking.length === 0) return [];
  const begin = Math.min(...runs.map(({ run }) => (run.startedAt === null ? 0 : Date.parse(run.startedAt))));
  const isWithin = budgetMs === null || lockedMs <= budgetMs;
  const tables = new Set(blocking.flatMap(({ run }) => blockingLocks(run).map(({ table }) => table)));
  const whole: Bar = {
    name: 'until the commit',
    how: isWithin ? 'good' : 'bad',
    result: isWithin ? 'within the budget' : 'over the budget',
    startMs: 0,
    durationMs: lockedMs,
    text: `${plural(tables.size, 'table')} blocked`,
  };
  const longest = new Set(blocking.toSorted((a, b) => b.run.durationMs - a.run.durationMs).slice(0, DRAWN));
  const rest = blocking.length - longest.size;
  const bars = blocking
    .filter((measured) => longest.has(measured))
    .map(
      ({ name, run }): Bar => ({
        name,
        how: 'good',
        result: 'done',
        startMs: run.startedAt === null ? 0 : Math.max(0, Date.parse(run.startedAt) - begin),
        durationMs: run.durationMs,
        text: namesOf(
          blockingLocks(run).map(({ table }) => table),
          'table',
        ),
      }),
    );
  return [
    {
      kind: 'paragraph',
      text: `Measured ${where}. A lock is held from its statement until the commit.${rest === 0 ? '' : ` Of the migrations, the ${DRAWN} that took longest are drawn; ${formatCount(rest)} are not.`}`,
    },
    {
      kind: 'timeline',
      caption: `How long tables were blocked ${where}`,
      of: 'migration',
      says: 'tables',
      bars: [whole, ...bars],
      limit: budgetMs === null ? null : { name: 'budget', ms: budgetMs },
    },
  ];
}

function heldTable(runs: readonly Measured[]): Block[] {
  const rows = runs.flatMap(({ name, run }) =>
    [...Map.groupBy(strongestLocks(run), ({ mode, blocks }) => `${blocks} (${mode})`)].map(
      ([blocks, held]): [Piece[], string, string] => [
        [{ code: name }],
        blocks,
        held.map(({ table }) => table).join(', '),
      ],
    ),
  );
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'What each migration kept others from',
      columns: [{ head: 'migration' }, { head: 'blocks' }, { head: 'tables' }],
      rows,
      folded: 'Every table, and what its lock keeps others from',
    },
  ];
}
