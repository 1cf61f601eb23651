import type { AppliedPhase, DeploymentReport } from '@apms/validators';
import type { Bar, Block } from '../document.ts';
import { formatDuration, plural } from '../format.ts';
import { namesOf } from './names-of.ts';

/** The phases that were committed one after another on the target, where there was more than one. */
export function phasesBlocks({ phases, lockBudgetMs }: DeploymentReport): Block[] {
  if (phases.length < 2) return [];
  const begin = Math.min(...phases.map(({ startedAt }) => Date.parse(startedAt)));
  const budget = lockBudgetMs === null ? '' : ` The budget of each is ${formatDuration(lockBudgetMs)}.`;
  return [
    { kind: 'paragraph', text: `Applied in phases, each with a commit of its own.${budget}` },
    {
      kind: 'timeline',
      caption: 'How long each phase took on the target',
      of: 'phase',
      says: 'what it ran, and the tables that it blocked',
      bars: phases.map((phase, index) => barOf(phase, index, begin, lockBudgetMs)),
      limit: null,
    },
  ];
}

function barOf(phase: AppliedPhase, index: number, begin: number, budgetMs: number | null): Bar {
  const { kind, migrations, line, startedAt, durationMs, retries, locks } = phase;
  const blocked = new Set(
    locks.filter(({ blocks }) => blocks !== 'schema changes').map(({ table }) => table),
  );
  const isOver = budgetMs !== null && blocked.size > 0 && durationMs > budgetMs;
  const place = line === null ? migrations.join(', ') : `${migrations[0]}:${line}`;
  const what = kind === 'alone' ? `${place}, outside a transaction` : namesOf(migrations, 'migration');
  const again = retries === 0 ? '' : `, after ${plural(retries, 'attempt')} without its locks`;
  return {
    name: `phase ${index + 1}`,
    how: isOver ? 'bad' : 'good',
    result: isOver ? 'over the budget' : 'done',
    startMs: Math.max(0, Date.parse(startedAt) - begin),
    durationMs,
    text: `${what}${again}. Blocked: ${blocked.size === 0 ? 'nothing' : namesOf([...blocked], 'table')}.`,
  };
}
