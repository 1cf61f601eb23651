import { createHistoryTable } from '@apms/db/history-table';
import type { HeldLock } from '@apms/validators';
import type pg from 'pg';
import { DeployError } from '../failure.ts';
import type { RunEvent } from '../journal.ts';
import { connectionLost, databaseError, isConnectionLoss } from '../postgres.ts';
import type { AloneUnit, ExecutionUnit, TransactionUnit } from '../sql/arrange.ts';
import type { Statement } from '../sql/parse.ts';
import { type Applied, ApplyError } from './apply-error.ts';
import { Bookkeeping } from './bookkeeping.ts';
import { heldLocks } from './held-locks.ts';
import { describeInverse, makeWay, type PreparedInverse, prepareInverse, runInverses } from './inverses.ts';
import { migratedBy } from './migrated.ts';
import type { Migration } from './read.ts';
import { type Patience, retryLocks, withLockTimeout } from './retry-locks.ts';
import { isLockConflict, sendPart } from './send-part.ts';

export interface ApplyOptions extends Patience {
  /** Runs inside the last transaction, just before its commit; whatever it throws rolls back. */
  verify: (applied: Applied) => Promise<void>;
  /** Told of each statement as it becomes the one at work. */
  begins?: ((statement: Statement) => void) | undefined;
  /** Called before an act that a kill would leave half done, and after it. */
  journal: (entry: ApplyEntry) => void;
}

/** What applying writes into the journal. */
export type ApplyEntry = Extract<RunEvent, { type: 'intent' | 'completed' }>;

/** A wait outside a transaction blocks nobody, so it may last longer. */
function patient(options: ApplyOptions): ApplyOptions {
  return { ...options, lockTimeoutMs: options.lockTimeoutMs * 10 };
}

/**
 * Applies the units in order and writes Prisma's bookkeeping rows, each in the transaction that completes its
 * migration. The last unit is always a transaction, in which `verify` runs.
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
  };
  const plan = endingInTransaction(units);
  const inverses: PreparedInverse[] = [];
  let irreversible = false;
  const bookkeeping = new Bookkeeping(pending, plan);
  const begin = (object: string, undoneBy: PreparedInverse[] | null) =>
    options.journal({ type: 'intent', action: 'apply-unit', object, inverses: undoneBy });
  for (const [index, unit] of plan.entries()) {
    const object = unit.kind === 'alone' ? `${unit.migration}:${unit.line}` : `transaction ${index + 1}`;
    let migration = migrationOf(unit);
    let midway = false;
    try {
      if (unit.kind === 'alone') {
        const inverse = await prepareInverse(client, unit.inverse);
        begin(object, inverse === undefined ? null : [inverse]);
        if (inverse !== undefined) inverses.push(inverse);
        midway = inverse === undefined;
        const alone = patient(options);
        await retryLocks(
          alone,
          () => migration,
          (attempt) => applyAlone(client, unit, applied, alone, attempt > 1 ? inverse : undefined),
        );
        irreversible ||= inverse === undefined;
        bookkeeping.executed(unit);
      } else {
        const last = index === plan.length - 1;
        // Until it is committed, the last one is undone by the server itself.
        begin(object, last ? [] : null);
        const sending = (name: string) => {
          migration = name;
        };
        await retryLocks(
          options,
          () => migration,
          () => applyTransaction(client, unit, applied, bookkeeping, { ...options, last, sending }),
        );
        irreversible ||= !last;
      }
      options.journal({ type: 'completed', action: 'apply-unit', object });
    } catch (error) {
      const undo = (session: pg.Client) => undoAlone(session, unit, inverses, options);
      const undone = await undo(client).then(
        () => true,
        () => false,
      );
      const unsure = midway || !undone || !(await isAlive(client));
      throw new ApplyError(
        {
          state: irreversible ? 'changed' : unsure ? 'unknown' : 'unchanged',
          way: inverses.length > 0 ? 'inverses' : 'transaction',
          undo: undone ? async () => undefined : undo,
          inverses: inverses.map(describeInverse),
          applied,
        },
        connectionLost(error, `migration ${migration}`),
      );
    }
  }
  return applied;
}

function migrationOf(unit: ExecutionUnit): string {
  return (unit.kind === 'alone' ? unit : unit.parts[0])?.migration ?? 'bookkeeping';
}

/** An inverse waits for the same sessions as the statement that it undoes, so it is as patient. */
async function undoAlone(
  client: pg.Client,
  unit: ExecutionUnit,
  inverses: readonly PreparedInverse[],
  options: ApplyOptions,
): Promise<void> {
  const alone = patient(options);
  await retryLocks(
    alone,
    () => migrationOf(unit),
    () =>
      withLockTimeout(client, alone.lockTimeoutMs, () =>
        runInverses(client, inverses, (object) =>
          options.journal({ type: 'intent', action: 'apply-inverse', object }),
        ),
      ),
  );
}

async function isAlive(client: pg.Client): Promise<boolean> {
  return client.query('select 1').then(
    () => true,
    () => false,
  );
}

function endingInTransaction(units: readonly ExecutionUnit[]): ExecutionUnit[] {
  return units.at(-1)?.kind === 'transaction' ? [...units] : [...units, { kind: 'transaction', parts: [] }];
}

async function applyAlone(
  client: pg.Client,
  unit: AloneUnit,
  applied: Applied,
  options: ApplyOptions,
  failedBefore: PreparedInverse | undefined,
): Promise<void> {
  const startedAt = performance.now();
  await withLockTimeout(client, options.lockTimeoutMs, async () => {
    if (failedBefore !== undefined) await makeWay(client, failedBefore);
    await sendPart(client, unit, options.begins);
  });
  record(applied, unit.migration, performance.now() - startedAt, []);
}

async function applyTransaction(
  client: pg.Client,
  unit: TransactionUnit,
  applied: Applied,
  bookkeeping: Bookkeeping,
  options: ApplyOptions & { last: boolean; sending: (migration: string) => void },
): Promise<void> {
  const attempt = structuredClone(applied);
  const written = bookkeeping.copy();
  await client.query(`begin; set local lock_timeout = ${options.lockTimeoutMs}; ${createHistoryTable}`);
  const startedAt = performance.now();
  try {
    const seen = new Set<string>();
    for (const part of unit.parts) {
      options.sending(part.migration);
      const partStartedAt = performance.now();
      await sendPart(client, part, options.begins);
      const durationMs = performance.now() - partStartedAt;
      const locks = (await heldLocks(client)).filter(({ table, mode }) => !seen.has(`${table} ${mode}`));
      for (const { table, mode } of locks) seen.add(`${table} ${mode}`);
      record(attempt, part.migration, durationMs, locks);
      written.executed(part);
    }
    const migrations = [...new Set(unit.parts.map(({ migration }) => migration))];
    const last = migrations.at(-1) ?? 'bookkeeping';
    // Now, so that the verification is not told of it as of something else.
    await concluding(last, () => client.query('set constraints all immediate'));
    await readStatistics(client, attempt);
    if (options.last) await options.verify(attempt);
    await written.write(client, attempt.runs);
    options.journal({
      type: 'intent',
      action: 'commit',
      object: migrations.join(' ') || 'bookkeeping',
      migrated: migratedBy(attempt),
    });
    attempt.lockedMs += performance.now() - startedAt;
    await concluding(last, () => commit(client, () => Object.assign(applied, attempt)));
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
  bookkeeping.adopt(written);
}

/** `committed` is called also when the connection is lost on the way: the commit may have arrived. */
async function commit(client: pg.Client, committed: () => void): Promise<void> {
  try {
    await client.query('commit');
  } catch (error) {
    if (isConnectionLoss(error)) committed();
    throw error;
  }
  committed();
}

/** @throws {MIGRATION_FAILED} for what the server says only at the end of a transaction, of no statement in particular. */
async function concluding(migration: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const server = databaseError(error);
    if (server === undefined || isConnectionLoss(error) || isLockConflict(error)) throw error;
    const facts = {
      migration,
      file: 'the end of its transaction, where deferred constraints are checked',
      line: null,
      column: null,
      statement: null,
      sqlState: server.code ?? null,
      message: server.message,
      detail: server.detail ?? null,
      hint: server.hint ?? null,
    };
    throw new DeployError({ code: 'MIGRATION_FAILED', ...facts }, { cause: error });
  }
}

function record(applied: Applied, migration: string, durationMs: number, locks: HeldLock[]): void {
  const earlier = applied.runs.get(migration);
  applied.runs.set(migration, {
    startedAt: earlier?.startedAt ?? new Date(Date.now() - durationMs).toISOString(),
    durationMs: (earlier?.durationMs ?? 0) + durationMs,
    locks: [...(earlier?.locks ?? []), ...locks],
  });
}

/** The server counts what this transaction deleted, also by cascade; no scan of the tables could say whose deletion it was. */
async function readStatistics(client: pg.Client, applied: Applied): Promise<void> {
  const { rows } = await client.query<{ table: string; inserted: string; deleted: string }>(
    `select schemaname || '.' || relname as table, n_tup_ins::text as inserted, n_tup_del::text as deleted
       from pg_stat_xact_user_tables where n_tup_ins > 0 or n_tup_del > 0`,
  );
  const add = (sums: Map<string, number>, table: string, more: number) => {
    if (more > 0) sums.set(table, (sums.get(table) ?? 0) + more);
  };
  for (const { table, inserted, deleted } of rows) {
    add(applied.insertedRows, table, Number(inserted));
    add(applied.deletedRows, table, Number(deleted));
  }
  const { rows: ids } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id');
  applied.transactionIds.push(...ids.map(({ id }) => id));
}
