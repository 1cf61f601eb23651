import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backup, RestoredDatabase } from '../src/backup/backup.ts';
import { restoreBackup } from '../src/backup/restore.ts';
import { assertRestored, verifyBackup } from '../src/backup/verify.ts';
import { type Connection, parseConnection } from '../src/connection.ts';
import { withClient } from '../src/postgres.ts';
import { APPLICATION, type BackupTarget, targetOn } from './support/backup-target.ts';
import { hasPgbackrest, type PgbackrestServer, startPgbackrestServer } from './support/pgbackrest-server.ts';

describe.skipIf(!hasPgbackrest())('a backup by pgBackRest', () => {
  let own: PgbackrestServer;
  let database: TestDatabase;
  let on: BackupTarget;
  let full: Backup;

  beforeAll(async () => {
    own = await startPgbackrestServer();
    database = await createTestDatabase({ server: own.server, template: 'empty' });
    await own.query('create database "Other one"');
    on = await targetOn(parseConnection(database.url, 'TEST_DATABASE_URL'), {
      backup: own.backup,
      attempts: 20,
    });
    await query(
      on.target.connection,
      `create table written (id bigint generated always as identity primary key, v text);
       create table totals (id int primary key, rows bigint);
       insert into written (v) select md5(i::text) from generate_series(1, 20000) i;
       insert into totals select 1, count(*) from written`,
    );
    full = await on.backUp('full');
  });

  afterAll(async () => {
    await on?.close();
    await own?.close();
  });

  async function restored<T>(
    backup: Backup,
    name: string,
    use: (restored: RestoredDatabase) => Promise<T>,
    options: { where?: 'rehearsal' | 'target'; at?: string } = {},
  ): Promise<T> {
    const { where = 'rehearsal', at } = options;
    const copy = await restoreBackup(on.target, backup, { ...on.restoreOptions(name, where), at });
    try {
      return await use(copy);
    } finally {
      await copy.drop();
      expect(existsSync(join(own.home, name))).toBe(false);
    }
  }

  test('is a full one at first, then an incremental one that depends on it', async () => {
    await query(on.target.connection, "update written set v = 'changed' where id = 1");
    const second = await on.backUp('incremental');
    const [first, next] = [full, second].map(({ manifest }) => manifest);
    expect(first).toMatchObject({
      driver: 'pgbackrest',
      files: [],
      tools: { pgbackrest: expect.stringMatching(/^2\./) },
      pgbackrest: {
        type: 'full',
        dependsOn: [],
        otherDatabases: ['Other one'],
        restorePoint: { timeline: 1 },
      },
    });
    expect(next).toMatchObject({ pgbackrest: { type: 'incr', dependsOn: [first?.pgbackrest?.label] } });
    expect(next?.sizeBytes).toBeLessThan((first?.sizeBytes ?? 0) / 2);
    for (const [index, backup] of [full, second].entries())
      await verifyBackup(on.target, backup, on.restoreOptions(`apms_scratch_kind_${index}`));
  });

  test('and its restored copy are equal to the row while clients write', async () => {
    const stop = new AbortController();
    const writers = Array.from({ length: 3 }, () => keepWriting(database.url, stop.signal));
    try {
      for (const round of [1, 2]) {
        await sleep(300);
        const backup = await on.backUp(`busy-${round}`);
        await restored(backup, `apms_scratch_busy_${round}`, async ({ connection }) => {
          await assertRestored(connection, backup, { applicationName: APPLICATION });
          const [row] = await query(
            connection,
            'select rows = (select count(*) from written) as equal from totals',
          );
          expect(row).toEqual({ equal: true });
        });
        expect(backup.manifest.pgbackrest?.lockedMs).toBeGreaterThan(0);
      }
    } finally {
      stop.abort();
      const written = await Promise.all(writers);
      expect(Math.min(...written)).toBeGreaterThan(10);
    }
  });

  test('waits only so long for a table that another session has locked, and keeps nobody waiting for long', async () => {
    const client = await on.connect();
    await client.query('begin; lock table totals in row exclusive mode');
    const backup = on.backUp('blocked');
    backup.catch(() => undefined);
    const waits: number[] = [];
    const deadline = performance.now() + 5_000;
    while (performance.now() < deadline) {
      const startedAt = performance.now();
      await query(on.target.connection, "insert into written (v) values ('meanwhile')");
      waits.push(performance.now() - startedAt);
    }
    await expect(backup).rejects.toMatchObject({
      failure: { code: 'BACKUP_BLOCKED', blockers: [expect.objectContaining({ application: APPLICATION })] },
    });
    await client.query('rollback');
    expect(waits.length).toBeGreaterThan(3);
  });

  test('restores to a copy that never archives into the stanza of the original', async () => {
    const before = await archived();
    await restored(
      full,
      'apms_scratch_archives',
      async ({ connection }) => {
        const [settings] = await query(
          connection,
          "select current_setting('archive_mode') as mode, pg_is_in_recovery() as recovering",
        );
        expect(settings).toEqual({ mode: 'off', recovering: false });
        await query(
          connection,
          'create table only_here as select 1 as id; select pg_switch_wal(); checkpoint',
        );
        const status = await readdir(join(own.home, 'apms_scratch_archives/data/pg_wal/archive_status'));
        expect(status.filter((name) => name.endsWith('.ready'))).toEqual([]);
      },
      { where: 'target' },
    );
    expect((await archived()).filter((name) => name.startsWith('00000002'))).toEqual([]);
    expect(await archived()).toEqual(expect.arrayContaining(before));
  });

  test('restores to any moment after it', async () => {
    const insert = (v: string) =>
      query(
        on.target.connection,
        `insert into written (v) values ('${v}') returning clock_timestamp() as at`,
      );
    await insert('before the moment');
    await sleep(1_100);
    const at = new Date().toISOString();
    await sleep(1_100);
    await insert('after the moment');
    const moments = await restored(
      full,
      'restored_at',
      ({ connection }) => query(connection, "select v from written where v like '% the moment'"),
      { where: 'target', at },
    );
    expect(moments).toEqual([{ v: 'before the moment' }]);

    await sleep(1_100);
    const quiet = new Date().toISOString();
    await sleep(1_100);
    const latest = await restored(
      full,
      'restored_quiet',
      ({ connection }) => query(connection, "select v from written where v like '% the moment' order by id"),
      { where: 'target', at: quiet },
    );
    expect(latest).toEqual([{ v: 'before the moment' }, { v: 'after the moment' }]);
  });

  test.each([
    ['before it', () => new Date(Date.parse(full.manifest.createdAt) - 1_000), 'leads only forwards'],
    ['that is yet to come', () => new Date(Date.now() + 3_600_000), 'yet to come'],
  ])('does not restore to a moment %s', async (_, moment, problem) => {
    const options = { ...on.restoreOptions('restored_never', 'target'), at: moment().toISOString() };
    await expect(restoreBackup(on.target, full, options)).rejects.toMatchObject({
      failure: { code: 'MOMENT_UNREACHABLE', problem: expect.stringContaining(problem) },
    });
    expect(existsSync(join(own.home, 'restored_never'))).toBe(false);
  });

  test('is refused before anything is made when it is no longer in the repository', async () => {
    const expired = {
      ...full,
      manifest: {
        ...full.manifest,
        pgbackrest: full.manifest.pgbackrest && { ...full.manifest.pgbackrest, label: '20200101-000000F' },
      },
    };
    await expect(
      restoreBackup(on.target, expired, on.restoreOptions('apms_scratch_gone')),
    ).rejects.toMatchObject({
      failure: { code: 'BACKUP_DAMAGED', problems: [expect.stringContaining('20200101-000000F')] },
    });
    expect(existsSync(join(own.home, 'apms_scratch_gone'))).toBe(false);
  });

  test('whose file in the repository was changed is refused, and nothing is left of it', async () => {
    const files = join(
      own.repository,
      'backup/main',
      full.manifest.pgbackrest?.label ?? '',
      'pg_data/base/1',
    );
    const sizes = await Promise.all(
      (await readdir(files)).map(async (name) => [name, (await stat(join(files, name))).size] as const),
    );
    const [[name] = ['']] = sizes.toSorted(([, a], [, b]) => b - a);
    const file = join(files, name);
    const bytes = await readFile(file);
    const middle = Math.floor(bytes.length / 2);
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8((damaged[middle] ?? 0) ^ 1, middle);
    await writeFile(file, damaged);
    try {
      await expect(
        restoreBackup(on.target, full, on.restoreOptions('apms_scratch_damaged')),
      ).rejects.toMatchObject({
        failure: { code: 'BACKUP_DAMAGED' },
      });
    } finally {
      await writeFile(file, bytes);
    }
    expect(existsSync(join(own.home, 'apms_scratch_damaged'))).toBe(false);
  });

  test('takes the place of the whole cluster, which then archives and is backed up as before', async () => {
    const before = await on.backUp('before-swap');
    await query(on.target.connection, "insert into written (v) values ('left behind')");
    const copy = await restoreBackup(on.target, before, on.restoreOptions('apms_scratch_swap', 'target'));
    expect(copy.alsoReplaces).toEqual(['Other one']);
    await assertRestored(copy.connection, before, { applicationName: APPLICATION });
    const { quarantine, withQuarantined } = await copy.swapIn('apms_failed', () => undefined);
    await copy.drop();
    expect(quarantine).toBe(join(own.home, 'apms_failed'));
    await assertRestored(on.target.connection, before, { applicationName: APPLICATION });
    const kept = await withQuarantined((connection) =>
      query(connection, "select v from written where v = 'left behind'"),
    );
    expect(kept).toEqual([{ v: 'left behind' }]);
    expect(await readFile(join(own.dataDirectory, 'postgresql.auto.conf'), 'utf8')).not.toMatch(
      /recovery_target|restore_command|'off'/,
    );

    await own.pgbackrest('check');
    expect((await archived()).filter((name) => name.startsWith('00000002'))).not.toEqual([]);
    await query(on.target.connection, "insert into written (v) values ('on the new timeline')");
    const after = await on.backUp('after-swap');
    expect(after.manifest.pgbackrest).toMatchObject({ type: 'incr', restorePoint: { timeline: 2 } });
    await verifyBackup(on.target, after, on.restoreOptions('apms_scratch_after'));
    // One of the timeline that was left, whose log goes on in the archive behind the point of the swap.
    await verifyBackup(on.target, before, on.restoreOptions('apms_scratch_before'));
    const beyond = { ...on.restoreOptions('restored_beyond', 'target'), at: new Date().toISOString() };
    await expect(restoreBackup(on.target, before, beyond)).rejects.toMatchObject({
      failure: { code: 'MOMENT_UNREACHABLE', problem: expect.stringContaining('timeline 1 ends before') },
    });
  });

  async function archived(): Promise<string[]> {
    const files = await readdir(join(own.repository, 'archive/main'), { recursive: true });
    return files.map((path) => path.split('/').at(-1) ?? '').filter((name) => /^[0-9A-F]{8,}[-.]/.test(name));
  }
});

async function query(connection: Connection, sql: string): Promise<unknown[]> {
  return withClient(connection, APPLICATION, async (client) => {
    const results: pg.QueryResult | pg.QueryResult[] = await client.query(sql);
    return Array.isArray(results) ? (results.at(-1)?.rows ?? []) : results.rows;
  });
}

/** An application whose transactions write to two tables that must agree; returns how many were committed. */
async function keepWriting(url: string, signal: AbortSignal): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let committed = 0;
  while (!signal.aborted) {
    await client.query('begin');
    await client.query('update totals set rows = rows + 2');
    await client.query("insert into written (v) values ('a'), ('b')");
    await client.query('update written set v = v || 1 where id = (select max(id) from written)');
    await client.query('commit');
    committed += 1;
  }
  await client.end();
  return committed;
}
