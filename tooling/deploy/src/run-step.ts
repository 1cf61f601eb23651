import { explain } from './explain.ts';
import { DeployError, toFailure } from './failure.ts';
import type { StepName } from './journal.ts';
import { connectionLost } from './postgres.ts';
import { type Record, recordStep } from './record.ts';
import type { Run } from './run-context.ts';

/** How a step ended: a sentence, and whether what it found speaks for going on. */
export type StepSummary = string | { summary: string; passed: boolean };

/** A step that has begun; ended once, one way or the other. */
export interface OpenStep {
  done(result: StepSummary): void;
  failed(error: unknown): void;
}

/** Begins a step: journal and watchers are told of its beginning and its end, the report of its duration. */
export function openStep(run: Run, record: Record, step: StepName): OpenStep {
  const startedAt = new Date();
  run.emit({ type: 'step-started', step });
  return {
    done(result) {
      const { summary, passed } = typeof result === 'string' ? { summary: result, passed: true } : result;
      const durationMs = recordStep(record, step, startedAt, { status: 'done', passed, summary });
      run.emit({ type: 'step-finished', step, durationMs, summary, passed });
    },
    failed(error) {
      const failure = toFailure(error);
      const message = explain(failure);
      const durationMs = recordStep(record, step, startedAt, {
        status: 'failed',
        passed: false,
        summary: message,
      });
      run.emit({ type: 'step-failed', step, durationMs, code: failure.code, message });
    },
  };
}

/** Once a migration is committed, to stop would be to swap back, which loses what clients wrote. */
const NEVER_STOPPED = new Set<StepName>(['verify', 'smoke', 'rollback']);

/**
 * Runs one step.
 * @throws {CANCELLED} before it begins when somebody asked to stop; {CONNECTION_LOST}; else what `work` throws.
 */
export async function runStep<T>(
  run: Run,
  record: Record,
  name: StepName,
  work: () => Promise<T>,
  describe: (result: T) => StepSummary,
): Promise<T> {
  if (run.signal.aborted && !NEVER_STOPPED.has(name))
    throw new DeployError({ code: 'CANCELLED', during: name });
  const step = openStep(run, record, name);
  try {
    const result = await work();
    step.done(describe(result));
    return result;
  } catch (error) {
    const named = connectionLost(error, `the step ${name}`);
    step.failed(named);
    throw named;
  }
}
