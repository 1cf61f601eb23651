import { explain } from '../explain.ts';
import { DeployError, toFailure } from '../failure.ts';
import { type Applied, ApplyError } from '../migrations/apply-error.ts';
import { migratedBy } from '../migrations/migrated.ts';
import type { Record } from '../record.ts';
import type { Run } from '../run-context.ts';
import { migrate } from './migrate.ts';
import type { Plan } from './plan.ts';
import { settle } from './settle.ts';

/**
 * Migrates the target and, when that fails, finds out where it stands: `unchanged` is as before, `changed` needs the
 * backup. What was done and why it failed goes to the record.
 * @throws {ROLLBACK_FAILED} when it cannot be undone, or not even looked at; other failures before anything was written.
 */
export async function migrateOrSettle(
  run: Run,
  record: Record,
  planned: Plan,
): Promise<'migrated' | 'unchanged' | 'changed'> {
  try {
    const applied = await migrate(run, planned, record.rehearsal, (checks) => {
      record.transactionChecks = checks;
    });
    recordApplied(record, applied);
    return 'migrated';
  } catch (error) {
    if (!(error instanceof ApplyError)) throw error;
    const settled = await settle(run, planned, error).catch((problem: unknown) => {
      throw settleFailed(run, record, error, problem);
    });
    if (settled.state === 'migrated') {
      recordApplied(record, error.applied);
      record.warnings.push(
        'The connection was lost around the commit, which had arrived: the deployment goes on.',
      );
      return 'migrated';
    }
    record.failure = toFailure(error.cause);
    if (settled.state === 'changed') {
      recordApplied(record, error.applied);
      return 'changed';
    }
    record.warnings.push(...settled.warnings);
    record.rollback = {
      way: error.way,
      verified: settled.warnings.length === 0,
      quarantine: null,
      lockedMs: null,
      leftBehind: [],
    };
    return 'unchanged';
  }
}

function recordApplied(record: Record, applied: Applied): void {
  record.applied = applied;
  record.migrated = migratedBy(applied);
}

function settleFailed(
  { target, id }: Run,
  { backup }: Record,
  error: ApplyError,
  problem: unknown,
): DeployError {
  const byHand =
    error.inverses.length === 0
      ? `see where the target stands (pnpm deploy:status --env ${target.name})`
      : `undo by hand what ran outside the transaction (${error.inverses.join('; ')})`;
  return new DeployError(
    {
      code: 'ROLLBACK_FAILED',
      target: target.name,
      backup: backup?.location ?? null,
      cause: `${explain(toFailure(error.cause))} What it left could then not be undone: ${explain(toFailure(problem))}`,
      next: `when the cause is gone, ${byHand}, or go back to the backup: pnpm deploy:rollback --env ${target.name} --to ${id}`,
    },
    { cause: problem },
  );
}
