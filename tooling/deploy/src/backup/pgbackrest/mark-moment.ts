import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { DeployError } from '../../failure.ts';
import { escapeLiteral } from '../../postgres.ts';
import type { Target } from '../../target.ts';
import { listTables, lockTables } from '../lock-tables.ts';
import type { PgbackrestBackup } from '../manifest.ts';
import type { Session } from '../with-sessions.ts';
import { keepWritersOut } from './keep-writers-out.ts';
import { timelineOf } from './read-stanza.ts';

const BEGIN = 'begin isolation level repeatable read read only';

/** PostgreSQL's longest name of a restore point. */
const NAME_LENGTH = 63;

/** How long writers may go on between two attempts to keep them out. */
const PAUSE_MS = { least: 50, most: 500 };

/** A moment that the write-ahead log and the snapshot of both sessions agree on. */
export interface Moment {
  restorePoint: PgbackrestBackup['restorePoint'];
  /** The segment of the log that holds it. */
  segment: string;
  /** For how long no other session could write. */
  lockedMs: number;
}

/** An attempt that found a table locked by others, or the list of tables no longer the same. */
interface Missed {
  table: string | undefined;
  failure: DeployError | undefined;
}

/**
 * Marks a moment in the write-ahead log, and leaves both sessions in a transaction that sees the database as of just this
 * moment. For that, writers are kept out for an instant: whatever was committed before the point is then in the
 * snapshot, and nothing is committed between the two.
 *
 * Who waits for a lock holds up others, so the locks are waited for in short attempts: each ends before the server would
 * look for a deadlock and perhaps end a client's transaction instead of ours. The table that an attempt had to wait for
 * is the first of the next one, and so the order becomes the one in which the clients' own transactions lock them, in
 * which nobody waits for each other.
 * @throws {BACKUP_BLOCKED} naming whoever had a table locked all the time.
 */
export async function markMoment(
  target: Target,
  [reader, locker]: readonly [Session, Session],
  { label, applicationName, signal }: { label: string; applicationName: string; signal: AbortSignal },
): Promise<Moment> {
  const { lockTimeoutMs, attempts } = target.settings;
  const startedAt = performance.now();
  const waitMs = Math.min(lockTimeoutMs, (await deadlockTimeoutMs(locker.client)) / 2);
  const first: string[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const name = `${label.slice(0, NAME_LENGTH - 5)}_${attempt}`;
    const result = await attemptMoment(target, reader, locker, { name, waitMs, applicationName, first });
    if ('restorePoint' in result) return result;
    const waitedMs = Math.round(performance.now() - startedAt);
    if (waitedMs > lockTimeoutMs * attempts) throw givenUp(result, waitedMs);
    for (const { client } of [reader, locker]) await client.query('rollback');
    if (result.table !== undefined) first.unshift(result.table);
    const pauseMs = PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least);
    await sleep(pauseMs, undefined, { signal });
  }
}

async function attemptMoment(
  target: Target,
  reader: Session,
  locker: Session,
  options: { name: string; waitMs: number; applicationName: string; first: readonly string[] },
): Promise<Moment | Missed> {
  const { name, waitMs, applicationName, first } = options;
  const { connection } = target;
  const tables = await listTables(locker.client);
  // Before the others: after them, it could have to wait behind whoever waits for them.
  await reader.client.query(BEGIN);
  await lockTables(reader, tables, { mode: 'access share', waitMs, connection, applicationName });
  await locker.client.query('begin');
  const ordered = [...new Set([...first.filter((table) => tables.includes(table)), ...tables])];
  const kept = await keepWritersOut(target, locker, ordered, { waitMs, applicationName });
  if (!kept.kept) return kept;
  const seen = await listTables(reader.client);
  const { rows: exported } = await reader.client.query<{ snapshot: string }>(
    'select pg_export_snapshot() as snapshot',
  );
  const { rows } = await locker.client.query<{ lsn: string; at: string; segment: string }>(
    `select lsn::text, pg_walfile_name(lsn) as segment,
            to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
       from pg_create_restore_point($1) as lsn`,
    [name],
  );
  await locker.client.query('commit');
  const lockedMs = Math.round(performance.now() - kept.since);

  // No lock prevents tables from being made.
  const now = await listTables(locker.client);
  if ([seen, now].some((list) => list.join() !== tables.join()))
    return { table: undefined, failure: undefined };
  const snapshot = escapeLiteral(exported[0]?.snapshot ?? '');
  await locker.client.query(`${BEGIN}; set transaction snapshot ${snapshot}`);
  const { lsn, at, segment } = rows[0] ?? { lsn: '', at: '', segment: '' };
  return { restorePoint: { name, lsn, at, timeline: timelineOf(segment) }, segment, lockedMs };
}

function givenUp({ failure }: Missed, waitedMs: number): Error {
  if (failure?.failure.code === 'BACKUP_BLOCKED')
    return new DeployError({ ...failure.failure, waitedMs }, { cause: failure });
  return new Error('Tables are made or dropped all the time; a backup needs a quiet moment.');
}

async function deadlockTimeoutMs(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ ms: number }>(
    "select setting::int as ms from pg_settings where name = 'deadlock_timeout'",
  );
  return rows[0]?.ms ?? 1_000;
}
