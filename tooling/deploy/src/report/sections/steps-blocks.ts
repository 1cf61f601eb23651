import type { DeploymentReport } from '@apms/validators';
import { STEPS } from '../../journal.ts';
import type { Block } from '../document.ts';

/** The steps with the time that each one took. */
export function stepsBlocks(report: DeploymentReport): Block[] {
  const { steps, startedAt } = report;
  if (steps.length === 0) return [];
  const begin = Date.parse(startedAt);
  const skipped = notReached(report);
  return [
    {
      kind: 'timeline',
      caption: 'When each step ran',
      of: 'step',
      says: 'what it found or did',
      bars: steps.map((step) => ({
        name: step.name,
        how: step.status === 'done' && step.passed ? 'good' : 'bad',
        result: step.status === 'done' && !step.passed ? 'not passed' : step.status,
        startMs: Math.max(0, Date.parse(step.startedAt) - begin),
        durationMs: step.durationMs,
        text: step.summary,
      })),
      limit: null,
    },
    ...(skipped.length === 0
      ? []
      : [{ kind: 'paragraph', text: `Not reached: ${skipped.join(', ')}.` } as const]),
  ];
}

/** The steps that the run would have gone on to. */
function notReached({ command, outcome, steps }: DeploymentReport): string[] {
  if (command !== 'deploy' || outcome === 'nothing-to-do') return [];
  const run = new Set(steps.map(({ name }) => name));
  return STEPS.filter((name) => name !== 'rollback' && !run.has(name));
}
