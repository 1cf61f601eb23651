import type { StepName } from './journal.ts';
import type { OnProgress } from './progress.ts';
import type { Run } from './run-context.ts';

/** Tells whoever watches how far a step has come; not the journal. */
export function progressOf(run: Run, step: StepName): OnProgress {
  return (progress) => run.emit({ type: 'step-progress', step, ...progress });
}
