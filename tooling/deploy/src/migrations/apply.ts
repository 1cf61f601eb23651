import type { HeldLock, MigrationRun } from '@apms/validators';
import pRetry from 'p-retry';
import type pg from 'pg';
import { type Blocker, DeployError } from '../failure.ts';
import { messageOf } from '../postgres.ts';
import type { AloneUnit, ExecutionUnit, TransactionUnit } from '../sql/arrange.ts';
import { Bookkeeping } from './bookkeeping.ts';
import { heldLocks } from './held-locks.ts';
import { CREATE_HISTORY_TABLE } from './history.ts';
import { type PreparedInverse, prepareInverse, runInverses } from './inverses.ts';
import type { Migration } from './read.ts';
import { isLockConflict, sendPart } from './send-part.ts';

export interface ApplyOptions {
  lockTimeoutMs: number;
  attempts: number;
  /** Runs inside the last transaction, just before its commit; whatever it throws rolls back. */
  verify: (applied: Applied) => Promise<void>;
  /** Called before an act that a kill would leave half done, and after it. */
  journal: (
    event: 'intent' | 'completed',
    action: 'apply-unit' | 'commit' | 'apply-inverse',
    object: string,
  ) => void;
  /** Who was seen blocking this session; for the error when locks are not to be had. */
  blockers?: () => Blocker[];
}

/** What applying did; filled while it runs. */
export interface Applied {
  runs: Map<string, MigrationRun>;
  /** Rows that the migrations themselves deleted, by `schema.table`; exact whatever other sessions do meanwhile. */
  deletedRows: Map<string, number>;
  /** Transaction ids whose row versions are the migrations' own. */
  transactionIds: string[];
  /** The sum of the transactions' durations, from their first statement to their commit. */
  lockedMs: number;
}

/** Why applying stopped, and what is left of it on the database. */
export class ApplyError extends Error {
  override readonly name = 'ApplyError';
  /**
   * `unchanged`: rolled back, and what ran outside a transaction undone. `unknown`: a session was lost, an inverse did
   * not get through or a statement without inverse failed midway, so that only a look at the target tells. `changed`: a
   * part is committed for which there is no inverse.
   */
  readonly state: 'unchanged' | 'unknown' | 'changed';
  readonly way: 'transaction' | 'inverses';
  /** Undoes what ran outside a transaction, in another session; nothing to do when that was done already. */
  readonly undo: (client: pg.Client) => Promise<void>;
  /** What {@link undo} does, each inverse as SQL or in words; for somebody who has to do it by hand. */
  readonly inverses: readonly string[];
  /** What was done before it stopped. */
  readonly applied: Applied;

  constructor(facts: Pick<ApplyError, 'state' | 'way' | 'undo' | 'inverses' | 'applied'>, cause: unknown) {
    super(messageOf(cause), { cause });
    this.state = facts.state;
    this.way = facts.way;
    this.undo = facts.undo;
    this.inverses = facts.inverses;
    this.applied = facts.applied;
  }
}

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
  const applied: Applied = { runs: new Map(), deletedRows: new Map(), transactionIds: [], lockedMs: 0 };
  const plan = endingInTransaction(units);
  const inverses: PreparedInverse[] = [];
  let irreversible = false;
  const bookkeeping = new Bookkeeping(pending, plan);
  for (const [index, unit] of plan.entries()) {
    const object = unit.kind === 'alone' ? `${unit.migration}:${unit.line}` : `transaction ${index + 1}`;
    let midway = false;
    try {
      options.journal('intent', 'apply-unit', object);
      if (unit.kind === 'alone') {
        const inverse = await prepareInverse(client, unit.inverse);
        if (inverse !== undefined) inverses.push(inverse);
        midway = inverse === undefined;
        const alone = patient(options);
        await retryLocks(unit.migration, alone, (attempt) =>
          applyAlone(client, unit, applied, alone, attempt > 1 ? inverse : undefined),
        );
        irreversible ||= inverse === undefined;
        bookkeeping.executed(unit);
      } else {
        const last = index === plan.length - 1;
        await retryLocks(unit.parts[0]?.migration ?? 'bookkeeping', options, () =>
          applyTransaction(client, unit, applied, bookkeeping, options, last),
        );
        irreversible ||= !last;
      }
      options.journal('completed', 'apply-unit', object);
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
          inverses: inverses.map(({ summary }) => summary),
          applied,
        },
        error,
      );
    }
  }
  return applied;
}

/** An inverse waits for the same sessions as the statement that it undoes, so it is as patient. */
async function undoAlone(
  client: pg.Client,
  unit: ExecutionUnit,
  inverses: readonly PreparedInverse[],
  options: ApplyOptions,
): Promise<void> {
  const { migration } = (unit.kind === 'alone' ? unit : unit.parts[0]) ?? { migration: 'bookkeeping' };
  const alone = patient(options);
  await retryLocks(migration, alone, () =>
    withLockTimeout(client, alone.lockTimeoutMs, () =>
      runInverses(client, inverses, (summary) => options.journal('intent', 'apply-inverse', summary)),
    ),
  );
}

async function withLockTimeout<T>(
  client: pg.Client,
  lockTimeoutMs: number,
  use: () => Promise<T>,
): Promise<T> {
  await client.query(`set lock_timeout = ${lockTimeoutMs}`);
  try {
    return await use();
  } finally {
    await client.query('set lock_timeout = 0').catch(() => undefined);
  }
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
    await failedBefore?.makeWay(client);
    await sendPart(client, unit);
  });
  record(applied, unit.migration, performance.now() - startedAt, []);
}

async function applyTransaction(
  client: pg.Client,
  unit: TransactionUnit,
  applied: Applied,
  bookkeeping: Bookkeeping,
  options: ApplyOptions,
  last: boolean,
): Promise<void> {
  const runs = new Map(applied.runs);
  const deletedRows = new Map(applied.deletedRows);
  const attempt: Applied = { ...applied, runs, deletedRows, transactionIds: [...applied.transactionIds] };
  const written = bookkeeping.copy();
  await client.query(`begin; set local lock_timeout = ${options.lockTimeoutMs}; ${CREATE_HISTORY_TABLE}`);
  const startedAt = performance.now();
  try {
    const seen = new Set<string>();
    for (const part of unit.parts) {
      const partStartedAt = performance.now();
      await sendPart(client, part);
      const durationMs = performance.now() - partStartedAt;
      const locks = (await heldLocks(client)).filter(({ table, mode }) => !seen.has(`${table} ${mode}`));
      for (const { table, mode } of locks) seen.add(`${table} ${mode}`);
      record(attempt, part.migration, durationMs, locks);
      written.executed(part);
    }
    await readStatistics(client, attempt);
    if (last) await options.verify(attempt);
    await written.write(client, attempt.runs);
    options.journal(
      'intent',
      'commit',
      unit.parts.map(({ migration }) => migration).join(' ') || 'bookkeeping',
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
  attempt.lockedMs += performance.now() - startedAt;
  bookkeeping.adopt(written);
  Object.assign(applied, attempt);
}

function record(applied: Applied, migration: string, durationMs: number, locks: HeldLock[]): void {
  const earlier = applied.runs.get(migration);
  applied.runs.set(migration, {
    durationMs: (earlier?.durationMs ?? 0) + durationMs,
    locks: [...(earlier?.locks ?? []), ...locks],
  });
}

/** The server counts what this transaction deleted, also by cascade; no scan of the tables could say whose deletion it was. */
async function readStatistics(client: pg.Client, applied: Applied): Promise<void> {
  const { rows } = await client.query<{ id: string; table: string | null; deleted: string | null }>(
    `select pg_current_xact_id()::text as id, s.schemaname || '.' || s.relname as table, s.n_tup_del::text as deleted
       from (values (1)) one left join pg_stat_xact_user_tables s on s.n_tup_del > 0`,
  );
  for (const { table, deleted } of rows) {
    if (table !== null)
      applied.deletedRows.set(table, (applied.deletedRows.get(table) ?? 0) + Number(deleted));
  }
  if (rows[0] !== undefined) applied.transactionIds.push(rows[0].id);
}

/** Waits between attempts, each a little longer and never quite the same, so that the application gets through. */
async function retryLocks(
  migration: string,
  options: ApplyOptions,
  work: (attempt: number) => Promise<void>,
): Promise<void> {
  try {
    await pRetry(work, {
      retries: options.attempts - 1,
      minTimeout: 200,
      maxTimeout: 5_000,
      randomize: true,
      shouldRetry: ({ error }) => isLockConflict(error),
    });
  } catch (error) {
    if (!isLockConflict(error)) throw error;
    throw new DeployError(
      {
        code: 'LOCK_TIMEOUT',
        migration,
        attempts: options.attempts,
        lockTimeoutMs: options.lockTimeoutMs,
        problem: messageOf(error),
        blockers: options.blockers?.() ?? [],
      },
      { cause: error },
    );
  }
}
