import type { LockBudget, LockPhase } from '@apms/validators';
import type pg from 'pg';
import { chooseWay } from '../budget/choose-way.ts';
import { describeStill } from '../budget/describe.ts';
import { excesses } from '../budget/excesses.ts';
import { limitUnits } from '../budget/limit-units.ts';
import { lockPhases } from '../budget/lock-phases.ts';
import type { Connection } from '../connection.ts';
import { explain } from '../explain.ts';
import { explainWithoutRows } from '../explain-without-rows.ts';
import { DeployError, type Failure, toFailure } from '../failure.ts';
import { applyMigrations } from '../migrations/apply.ts';
import { type Applied, ApplyError } from '../migrations/apply-error.ts';
import { cancelOnRequest } from '../migrations/cancel-on-request.ts';
import { statementProgress } from '../migrations/statement-progress.ts';
import { progressOf } from '../progress-of.ts';
import type { Run } from '../run-context.ts';
import { compareSchemas, describeDifference } from '../schema/compare-schemas.ts';
import type { Schema } from '../schema/read-schema.ts';
import type { ExecutionUnit } from '../sql/arrange.ts';
import { partPerStatement } from '../sql/part.ts';
import { inspect } from './inspect.ts';
import type { Plan } from './plan.ts';

/** A way to apply the migrations that is tried on a copy. */
export type Attempt =
  | { way: 'together'; notPhased: string | null }
  | { way: 'phased'; units: ExecutionUnit[]; together: LockPhase[]; schema: Schema };

/** How it went. */
export type Tried =
  | { kind: 'applied'; applied: Applied; units: ExecutionUnit[]; budget: LockBudget }
  | { kind: 'failed'; failure: Failure }
  /** Another way has to be tried; on this copy only where it is as it was. */
  | { kind: 'next'; attempt: Attempt; isClean: boolean };

export const FIRST_ATTEMPT: Attempt = { way: 'together', notPhased: null };

/** Thrown inside the transaction, so that it is rolled back. */
class TryAnother extends Error {
  readonly attempt: Attempt;

  constructor(attempt: Attempt) {
    super('another way has to be tried');
    this.attempt = attempt;
  }
}

/**
 * Applies the migrations to a copy of the target, measured statement by statement, the verification included. What keeps
 * the application waiting for too long in one transaction is rolled back, and phases are proposed; what is rehearsed in
 * phases builds the very schema that one transaction would.
 */
export async function tryMigrations(
  run: Run,
  plan: Plan,
  attempt: Attempt,
  { client, connection }: { client: pg.Client; connection: Connection },
): Promise<Tried> {
  const units = attempt.way === 'together' ? plan.units : attempt.units;
  const progress = statementProgress(units, progressOf(run, 'rehearse'));
  const phases: LockPhase[] = [];
  try {
    const applied = await cancelOnRequest(client, { ...run, connection, during: 'rehearse' }, () =>
      applyMigrations(client, plan.pending, units.map(measurable), {
        lockTimeoutMs: LOCK_TIMEOUT_MS,
        attempts: 1,
        begins: progress.begins,
        journal: () => undefined,
        async verify(done) {
          progress.over();
          const startedAt = performance.now();
          const { schema } = await inspect(client);
          phases.push(...measuredPhases(done, units, performance.now() - startedAt));
          assertWay(run, plan, attempt, phases, schema);
        },
      }),
    );
    return { kind: 'applied', applied, ...outcome(run, plan, attempt, phases) };
  } catch (error) {
    if (!(error instanceof ApplyError)) throw error;
    const isClean = error.state === 'unchanged';
    if (error.cause instanceof TryAnother) return { kind: 'next', attempt: error.cause.attempt, isClean };
    const failure = toFailure(error.cause);
    if (failure.code === 'CONNECTION_LOST' || failure.code === 'CANCELLED')
      throw new DeployError(failure, { cause: error });
    if (attempt.way === 'together') return { kind: 'failed', failure };
    run.emit({ type: 'note', level: 'warning', message: `In phases they fail: ${explain(failure)}` });
    const notPhased = `In phases they fail. ${explainWithoutRows(failure) ?? failure.code}`;
    return { kind: 'next', attempt: { way: 'together', notPhased }, isClean };
  }
}

/** Nobody else uses the copy, so nothing there waits for long. */
const LOCK_TIMEOUT_MS = 60_000;

/** A part is answered as a whole, however many statements it has; so each is sent by itself here. */
function measurable(unit: ExecutionUnit): ExecutionUnit {
  return unit.kind === 'alone' ? unit : { ...unit, parts: unit.parts.flatMap(partPerStatement) };
}

function measuredPhases(
  { units: ran }: Applied,
  units: readonly ExecutionUnit[],
  verifyingMs: number,
): LockPhase[] {
  const last = ran.at(-1);
  const measured = last === undefined ? [] : [...ran.slice(0, -1), { ...last, concludingMs: verifyingMs }];
  return lockPhases(measured, units);
}

/** @throws {TryAnother} where another way is to be tried. */
function assertWay({ target }: Run, plan: Plan, attempt: Attempt, phases: LockPhase[], schema: Schema): void {
  if (attempt.way === 'together') {
    const way = chooseWay(phases, plan.phasings, target.settings.maxLockMs);
    if (way.kind === 'phased' && attempt.notPhased === null)
      throw new TryAnother({ way: 'phased', units: way.units, together: phases, schema });
    return;
  }
  const [difference] = compareSchemas(attempt.schema, schema);
  if (difference === undefined) return;
  const notPhased = `In phases they build another schema: ${describeDifference(difference)}.`;
  throw new TryAnother({ way: 'together', notPhased });
}

function outcome(
  { target: { settings } }: Run,
  plan: Plan,
  attempt: Attempt,
  phases: LockPhase[],
): { units: ExecutionUnit[]; budget: LockBudget } {
  const { maxLockMs } = settings;
  if (attempt.way === 'phased') {
    const { together } = attempt;
    const [still] = excesses(phases, maxLockMs);
    const tried = { maxLockMs, together, phased: phases };
    if (still === undefined) {
      const units = limitUnits(attempt.units, phases, settings);
      return { units, budget: { ...tried, mode: 'phased', excesses: [], notPhased: null } };
    }
    const reasons = { excesses: excesses(together, maxLockMs), notPhased: describeStill(still, maxLockMs) };
    return { units: plan.units, budget: { ...tried, mode: 'one transaction', ...reasons } };
  }
  const way = chooseWay(phases, plan.phasings, maxLockMs);
  const reasons =
    way.kind === 'hold'
      ? { excesses: way.excesses, notPhased: attempt.notPhased ?? way.notPhased }
      : { excesses: excesses(phases, maxLockMs), notPhased: attempt.notPhased };
  return {
    units: plan.units,
    budget: { maxLockMs, mode: 'one transaction', together: phases, phased: null, ...reasons },
  };
}
