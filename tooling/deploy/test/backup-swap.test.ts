import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { restoreBackup } from '../src/backup/restore.ts';
import { countRowsWrittenSince } from '../src/backup/rows-written-since.ts';
import { assertRestored } from '../src/backup/verify.ts';
import type { Connection } from '../src/connection.ts';
import { NO_TRACES } from '../src/migrations/migrated.ts';
import { withClient } from '../src/postgres.ts';
import { APPLICATION, type BackupTarget, openBackupTarget } from './support/backup-target.ts';

const isServer = inject('testServer').kind === 'server';

const ignore = () => undefined;

describe('a restored backup', () => {
  let on: BackupTarget;

  beforeEach(async () => {
    on = await openBackupTarget();
    const client = await on.connect();
    await client.query(`
      create table kept (id int primary key, v text);
      insert into kept select i, 'old' from generate_series(1, 1000) i;
      create table untouched (id int); insert into untouched values (1)`);
    await client.end();
  });

  afterEach(() => on.close());

  test('takes the target’s place, and the failed database is kept', async () => {
    const backup = await on.backUp('swap');
    const client = await on.connect();
    await client.query("drop table untouched; update kept set v = 'migrated'");
    await client.end();
    const restored = await restoreBackup(on.target, backup, on.restoreOptions('apms_scratch_swap', 'target'));
    const swapped = await restored.swapIn('apms_failed', ignore);
    await restored.drop();

    await assertRestored(on.target.connection, backup, { applicationName: APPLICATION });
    expect(swapped.quarantine).toBe('apms_failed');
    const written = await swapped.withQuarantined((connection) =>
      withClient(connection, APPLICATION, (failed) =>
        countRowsWrittenSince(failed, backup.manifest, NO_TRACES),
      ),
    );
    expect(written).toEqual([
      { table: 'public.kept', insertedOrUpdated: 1000, updatedOrDeleted: 1000, isNew: false },
    ]);
    if (isServer) await dropDatabase(on, swapped.quarantine);
  });

  test.runIf(isServer)('is swapped in at once while clients keep reconnecting', async () => {
    const backup = await on.backUp('crowd');
    const restored = await restoreBackup(
      on.target,
      backup,
      on.restoreOptions('apms_scratch_crowd', 'target'),
    );
    const stop = new AbortController();
    const clients = Array.from({ length: 10 }, () => keepConnecting(on.target.connection, stop.signal));
    await sleep(300);
    const { quarantine, lockedMs } = await restored.swapIn(`${'ü'.repeat(40)}_failed`, ignore);
    await sleep(300);
    stop.abort();
    const outcomes = await Promise.all(clients);

    expect(Buffer.byteLength(quarantine)).toBeLessThanOrEqual(63);
    expect(outcomes.every(({ lastWorked }) => lastWorked)).toBe(true);
    expect(lockedMs).toBeLessThan(1_000);
    await assertRestored(on.target.connection, backup, { applicationName: APPLICATION });
    await dropDatabase(on, quarantine);
  });

  test.runIf(isServer)('leaves the target as it was, and open, when it cannot be swapped in', async () => {
    const backup = await on.backUp('refused');
    const restored = await restoreBackup(
      on.target,
      backup,
      on.restoreOptions('apms_scratch_refused', 'target'),
    );
    await dropDatabase(on, 'apms_scratch_refused');
    await expect(restored.swapIn('apms_failed', ignore)).rejects.toThrow(/does not exist/);
    await assertRestored(on.target.connection, backup, { applicationName: APPLICATION });
    await restored.drop();
  });

  test('leaves behind only rows that are counted first', async () => {
    const open = await on.connect();
    await open.query("begin; insert into kept values (2001, 'open during the backup')");
    const backup = isServer ? await on.backUp('counted') : await closing(open, () => on.backUp('counted'));
    if (isServer) await open.query('commit');

    const client = await on.connect();
    await client.query("insert into kept values (3001, 'new'), (3002, 'new')");
    await client.query("update kept set v = 'changed' where id <= 3");
    await client.query('delete from kept where id in (10, 11)');
    await client.query('create table made_by_migration (id int); insert into made_by_migration values (1)');
    await client.query("begin; update kept set v = 'migrated' where id between 20 and 29");
    const { rows } = await client.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
    await client.query('commit');

    const written = await countRowsWrittenSince(client, backup.manifest, {
      transactionIds: rows.map(({ xid }) => xid),
      rowChange: {},
    });
    expect(written).toEqual([
      {
        table: 'public.kept',
        insertedOrUpdated: isServer ? 6 : 5,
        updatedOrDeleted: 5,
        isNew: false,
      },
      {
        table: 'public.made_by_migration',
        insertedOrUpdated: 1,
        updatedOrDeleted: 0,
        isNew: true,
      },
    ]);
  });
});

/** A snapshot waits for writers, so nothing can be open while it is made. */
async function closing<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('rollback');
  return work();
}

async function dropDatabase(on: BackupTarget, name: string): Promise<void> {
  const client = await on.connect(on.target.maintenance);
  await client.query(`drop database ${escapeIdentifier(name)} with (force)`);
  await client.end();
}

/** An application: connects, asks, and connects again whenever it is thrown out. */
async function keepConnecting({ host, port, user, password, database }: Connection, signal: AbortSignal) {
  let lastWorked = false;
  while (!signal.aborted) {
    const client = new Client({ host, port, user, password: password ?? '', database });
    client.on('error', () => undefined);
    try {
      await client.connect();
      for (let query = 0; query < 20 && !signal.aborted; query += 1) {
        await client.query('select count(*) from kept');
        await sleep(1);
      }
      lastWorked = true;
    } catch {
      lastWorked = false;
    }
    await client.end().catch(() => undefined);
  }
  return { lastWorked };
}
