import { createHistoryTable } from '@apms/db/history-table';
import type { HeldLock, MeasuredStatement } from '@apms/validators';
import type pg from 'pg';
import { DeployError } from '../failure.ts';
import { shortened } from '../lint/shortened.ts';
import { databaseError, isConnectionLoss } from '../postgres.ts';
import type { AloneUnit, TransactionUnit } from '../sql/arrange.ts';
import { lockOfAlone } from '../sql/lock-of-alone.ts';
import type { Part } from '../sql/part.ts';
import type { Applied, AppliedUnit } from './apply-error.ts';
import type { ApplyOptions } from './apply-options.ts';
import type { Bookkeeping } from './bookkeeping.ts';
import { countRows } from './count-rows.ts';
import { heldLocks, type Lockables } from './held-locks.ts';
import { makeWay, type PreparedInverse } from './inverses.ts';
import { migratedBy } from './migrated.ts';
import { withLockTimeout } from './retry-locks.ts';
import { isLockConflict, sendPart } from './send-part.ts';
import { withDeadline } from './with-deadline.ts';

/** What all units of one application share. */
export interface Applying {
  client: pg.Client;
  applied: Applied;
  bookkeeping: Bookkeeping;
  lockables: Lockables;
  options: ApplyOptions;
}

/** Runs a statement that runs only outside a transaction. */
export async function applyAlone(
  { client, applied, lockables, options }: Applying,
  unit: AloneUnit,
  attempt: { lockTimeoutMs: number; retries: number; failedBefore: PreparedInverse | undefined },
): Promise<void> {
  const { lockTimeoutMs, retries, failedBefore } = attempt;
  const startedAt = new Date();
  const started = performance.now();
  await withLockTimeout(client, lockTimeoutMs, async () => {
    if (failedBefore !== undefined) await makeWay(client, failedBefore);
    await sendPart(client, unit, options.begins);
  });
  const durationMs = performance.now() - started;
  const statement = measured(unit, durationMs, lockOfAlone(unit.statement.node, lockables));
  applied.units.push({
    kind: 'alone',
    statements: [statement],
    startedAt,
    durationMs,
    concludingMs: 0,
    retries,
  });
  record(applied, statement);
}

/** Runs a transaction from its beginning to its commit; what it did is added to what is applied once that is sent. */
export async function applyTransaction(
  applying: Applying,
  unit: TransactionUnit,
  attempt: {
    lockTimeoutMs: number;
    retries: number;
    /** The one with the verification. */
    isLast: boolean;
    /** Whether migrations that it completes are recorded in it. */
    isRecorded: boolean;
    sending: (part: Part) => void;
  },
): Promise<void> {
  const { client, applied, bookkeeping, options } = applying;
  const { cancel } = options;
  const allowedMs = unit.limits?.allowedMs;
  const deadline = allowedMs === undefined || cancel === undefined ? undefined : { allowedMs, cancel };
  const draft = structuredClone(applied);
  const written = bookkeeping.copy();
  const migrations = [...new Set(unit.parts.map(({ migration }) => migration))];
  const last = migrations.at(-1) ?? 'bookkeeping';
  try {
    await withDeadline(deadline, async (inTime) => {
      await client.query(`begin; set local lock_timeout = ${attempt.lockTimeoutMs}; ${createHistoryTable}`);
      const count = await countRows(client);
      const [startedAt, started] = [new Date(), performance.now()];
      const statements = await sendParts(applying, unit, (part) => {
        attempt.sending(part);
        written.executed(part);
      });
      const concluding = performance.now();
      const done: AppliedUnit = {
        kind: 'transaction',
        statements,
        startedAt,
        durationMs: concluding - started,
        concludingMs: 0,
        retries: attempt.retries,
      };
      draft.units.push(done);
      for (const statement of statements) record(draft, statement);
      // Now, so that the verification is not told of it as of something else.
      await concludingFor(last, () => client.query('set constraints all immediate'));
      await count(draft);
      if (attempt.isLast) await options.verify(draft);
      if (attempt.isRecorded) await written.write(client, draft.runs);
      const object = migrations.join(' ') || 'bookkeeping';
      options.journal({ type: 'intent', action: 'commit', object, migrated: migratedBy(draft) });
      const ended = performance.now();
      Object.assign(done, { durationMs: ended - started, concludingMs: ended - concluding });
      if (keepsWaiting(statements)) draft.lockedMs = Math.max(draft.lockedMs, ended - started);
      await inTime();
      await concludingFor(last, () => commit(client, () => Object.assign(applied, draft)));
    });
  } catch (error) {
    await rollBack(client);
    throw error;
  }
  bookkeeping.adopt(written);
}

async function sendParts(
  { client, lockables, options }: Applying,
  { parts }: TransactionUnit,
  sending: (part: Part) => void,
): Promise<MeasuredStatement[]> {
  const held = new Set<string>();
  const statements: MeasuredStatement[] = [];
  for (const part of parts) {
    sending(part);
    const startedAt = performance.now();
    await sendPart(client, part, options.begins);
    const durationMs = performance.now() - startedAt;
    const locks = (await heldLocks(client, lockables)).filter(
      ({ table, mode }) => !held.has(`${table} ${mode}`),
    );
    for (const { table, mode } of locks) held.add(`${table} ${mode}`);
    statements.push(measured(part, durationMs, locks));
  }
  return statements;
}

function measured(part: Part, durationMs: number, locks: HeldLock[]): MeasuredStatement {
  const [first] = part.statements;
  return {
    migration: part.migration,
    line: first?.startLine ?? null,
    column: first?.startColumn ?? null,
    statement: shortened(first?.text ?? ''),
    durationMs,
    locks,
  };
}

function record(applied: Applied, { migration, durationMs, locks }: MeasuredStatement): void {
  const earlier = applied.runs.get(migration);
  applied.runs.set(migration, {
    startedAt: earlier?.startedAt ?? new Date(Date.now() - durationMs).toISOString(),
    durationMs: (earlier?.durationMs ?? 0) + durationMs,
    locks: [...(earlier?.locks ?? []), ...locks],
  });
}

function keepsWaiting(statements: readonly MeasuredStatement[]): boolean {
  return statements.some(({ locks }) => locks.some(({ blocks }) => blocks !== 'schema changes'));
}

/** A cancellation that was meant for the statement before it may hit the first one. */
async function rollBack(client: pg.Client): Promise<void> {
  await client.query('rollback').catch(() => client.query('rollback').catch(() => undefined));
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
async function concludingFor(migration: string, work: () => Promise<unknown>): Promise<void> {
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
