import type pg from 'pg';
import { connectionLost, isConnectionProblem } from '../postgres.ts';
import type { AloneUnit, ExecutionUnit, TransactionUnit } from '../sql/arrange.ts';
import type { Inverse } from '../sql/inverse.ts';
import type { Part } from '../sql/part.ts';
import { type Applied, ApplyError } from './apply-error.ts';
import type { ApplyOptions } from './apply-options.ts';
import { type Applying, applyAlone, applyTransaction } from './apply-unit.ts';
import { Bookkeeping } from './bookkeeping.ts';
import { readLockables } from './held-locks.ts';
import { describeInverse, type PreparedInverse, prepareInverse } from './inverses.ts';
import type { Migration } from './read.ts';
import { retryLocks, withLockTimeout } from './retry-locks.ts';
import { PATIENT, undo } from './undo.ts';

/**
 * Applies the units in order and writes Prisma's bookkeeping rows: of what the backup alone would undo, in the transaction
 * that completes the migration; else in the last one. The last unit is always a transaction, in which `verify` runs.
 * @throws {ApplyError} after having undone what can be undone without the backup.
 */
export async function applyMigrations(
  client: pg.Client,
  pending: readonly Migration[],
  units: readonly ExecutionUnit[],
  options: ApplyOptions,
): Promise<Applied> {
  const applied: Applied = {
    runs: new Map(),
    deletedRows: new Map(),
    insertedRows: new Map(),
    transactionIds: [],
    lockedMs: 0,
    units: [],
  };
  const plan = endingInTransaction(units);
  const bookkeeping = new Bookkeeping(pending, plan);
  const lockables = await readLockables(client);
  const applying: Applying = { client, applied, bookkeeping, lockables, options };
  const undoing: PreparedInverse[] = [];
  let irreversible = false;
  const begin = (object: string, inverses: PreparedInverse[] | null) =>
    options.journal({ type: 'intent', action: 'apply-unit', object, inverses });
  const at = atFirst(plan);
  for (const [index, unit] of plan.entries()) {
    const isLast = index === plan.length - 1;
    const object = unit.kind === 'alone' ? `${unit.migration}:${unit.line}` : `transaction ${index + 1}`;
    let inverses: PreparedInverse[] | undefined = [];
    try {
      if (unit.kind === 'alone') {
        inverses = await prepareAll(applying, unit.inverse && [unit.inverse], undoing);
        begin(object, inverses ?? null);
        await retryAlone(applying, unit, inverses?.[0], at);
      } else {
        // Until it is committed, the last one is undone by the server itself.
        inverses = isLast ? [] : await prepareAll(applying, unit.inverses, undoing);
        begin(object, inverses ?? null);
        const isRecorded = isLast || irreversible || inverses === undefined;
        await retryTransaction(applying, unit, { isLast, isRecorded, at });
      }
      undoing.push(...(inverses ?? []));
      irreversible ||= inverses === undefined;
      options.journal({ type: 'completed', action: 'apply-unit', object });
    } catch (error) {
      const isLost = isConnectionProblem(error);
      // A transaction that ended in an error has left nothing; of one whose session was lost nobody knows.
      const half = unit.kind === 'alone' || isLost ? (inverses ?? []) : [];
      const midway = unit.kind === 'alone' ? inverses === undefined : isLost;
      const all = [...undoing, ...half];
      const before = (inverse: string) =>
        options.journal({ type: 'intent', action: 'apply-inverse', object: inverse });
      const undoAll = (session: pg.Client) => undo(session, all, options, { at: at.migration(), before });
      const undone = await undoAll(client).then(
        () => true,
        () => false,
      );
      const unsure = midway || !undone || !(await isAlive(client));
      throw new ApplyError(
        {
          state: irreversible ? 'changed' : unsure ? 'unknown' : 'unchanged',
          way: all.length > 0 ? 'inverses' : 'transaction',
          undo: undone ? async () => undefined : undoAll,
          inverses: all.map(describeInverse),
          applied,
        },
        connectionLost(error, `migration ${at.migration()}`),
      );
    }
  }
  return applied;
}

/** Undefined where one of them cannot be had. A definition is read under a lock, for which nobody waits. */
async function prepareAll(
  { client, options }: Applying,
  inverses: readonly Inverse[] | undefined,
  earlier: readonly PreparedInverse[],
): Promise<PreparedInverse[] | undefined> {
  if (inverses === undefined) return undefined;
  const prepared: PreparedInverse[] = [];
  const lockTimeoutMs = options.lockTimeoutMs * PATIENT;
  for (const inverse of inverses) {
    const next = await withLockTimeout(client, lockTimeoutMs, () =>
      prepareInverse(client, inverse, [...earlier, ...prepared]),
    );
    if (next === undefined) return undefined;
    prepared.push(next);
  }
  return prepared;
}

/** Where the applying is, for the error. */
interface At {
  sending(part: Part): void;
  migration(): string;
}

function atFirst(units: readonly ExecutionUnit[]): At {
  let migration = units.flatMap(partsOf)[0]?.migration ?? 'bookkeeping';
  return {
    sending(part) {
      migration = part.migration;
    },
    migration: () => migration,
  };
}

function partsOf(unit: ExecutionUnit): readonly Part[] {
  return unit.kind === 'alone' ? [unit] : unit.parts;
}

/** A wait outside a transaction blocks nobody, so it may last longer. */
async function retryAlone(
  applying: Applying,
  unit: AloneUnit,
  inverse: PreparedInverse | undefined,
  at: At,
): Promise<void> {
  const { options, bookkeeping } = applying;
  const lockTimeoutMs = options.lockTimeoutMs * PATIENT;
  at.sending(unit);
  await retryLocks({ ...options, lockTimeoutMs }, at.migration, (attempt) => {
    const failedBefore = attempt > 1 ? inverse : undefined;
    return applyAlone(applying, unit, { lockTimeoutMs, retries: attempt - 1, failedBefore });
  });
  bookkeeping.executed(unit);
}

async function retryTransaction(
  applying: Applying,
  unit: TransactionUnit,
  how: { isLast: boolean; isRecorded: boolean; at: At },
): Promise<void> {
  const { isLast, isRecorded, at } = how;
  const { options } = applying;
  const { lockTimeoutMs, attempts } = unit.limits ?? options;
  await retryLocks({ ...options, lockTimeoutMs, attempts }, at.migration, (attempt) =>
    applyTransaction(applying, unit, {
      lockTimeoutMs,
      retries: attempt - 1,
      isLast,
      isRecorded,
      sending: at.sending,
    }),
  );
}

async function isAlive(client: pg.Client): Promise<boolean> {
  return client.query('select 1').then(
    () => true,
    () => false,
  );
}

function endingInTransaction(units: readonly ExecutionUnit[]): ExecutionUnit[] {
  const isEnding = units.at(-1)?.kind === 'transaction';
  return isEnding ? [...units] : [...units, { kind: 'transaction', parts: [], inverses: [] }];
}
