import { chown, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkPgbackrest } from '../src/backup/pgbackrest/check-pgbackrest.ts';
import { parseConnection } from '../src/connection.ts';
import { withClient } from '../src/postgres.ts';
import type { Target } from '../src/target.ts';
import { APPLICATION, type BackupTarget, targetOn } from './support/backup-target.ts';
import { hasPgbackrest, type PgbackrestServer, startPgbackrestServer } from './support/pgbackrest-server.ts';

describe.skipIf(!hasPgbackrest())('what pgBackRest needs is looked for before anything is begun:', () => {
  let own: PgbackrestServer;
  let database: TestDatabase;
  let on: BackupTarget;

  beforeAll(async () => {
    own = await startPgbackrestServer();
    database = await createTestDatabase({ server: own.server, template: 'empty' });
    on = await targetOn(parseConnection(database.url, 'TEST_DATABASE_URL'), { backup: own.backup });
  });

  afterAll(async () => {
    await on?.close();
    await own?.close();
  });

  const check = (backup: Partial<PgbackrestServer['backup']> = {}, connection = on.target.connection) => {
    const settings = { ...on.target.settings, backup: { ...own.backup, ...backup } };
    const target: Target = { ...on.target, connection, settings };
    return withClient(connection, APPLICATION, (client) => checkPgbackrest(target, client));
  };
  const unusable = (reason: string, problem: string | RegExp) => ({
    failure: { code: 'PGBACKREST_UNUSABLE', reason, problem: expect.stringMatching(problem) },
  });

  test('all is well, and the other databases are named', async () => {
    await own.query('create database another');
    await expect(check()).resolves.toEqual({ otherDatabases: ['another'] });
  });

  test('the program', async () => {
    vi.stubEnv('PATH', '/nowhere');
    try {
      await expect(check()).rejects.toMatchObject(unusable('program-missing', 'ENOENT'));
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test('the stanza', async () => {
    await expect(check({ stanza: 'other' })).rejects.toMatchObject(
      unusable('stanza-missing', 'missing stanza'),
    );
  });

  test('a repository that can be read', async () => {
    await expect(check({ configFile: '/nowhere.conf' })).rejects.toMatchObject({
      failure: {
        code: 'PGBACKREST_UNUSABLE',
        reason: expect.stringMatching(/stanza-missing|program-failed/),
      },
    });
  });

  test('the data directory', async () => {
    await expect(check({ dataDirectory: join(own.home, 'nowhere') })).rejects.toMatchObject(
      unusable('wrong-directory', 'is not there'),
    );
    await expect(check({ dataDirectory: own.home })).rejects.toMatchObject(
      unusable('wrong-directory', 'does not run on'),
    );
  });

  test('the server programs', async () => {
    await expect(check({ serverBinaries: '/nowhere' })).rejects.toMatchObject(
      unusable('server-missing', '/nowhere has no pg_ctl'),
    );
  });

  test('the privileges of the role, as the statements that grant them', async () => {
    await own.query("create role plain login password 'plain'");
    await expect(
      check({}, { ...on.target.connection, user: 'plain', password: 'plain' }),
    ).rejects.toMatchObject(
      unusable(
        'privilege-missing',
        /pg_create_restore_point.* to plain; .*pg_switch_wal.*grant pg_read_all_settings/,
      ),
    );
    await own.query('grant pg_read_all_settings to plain');
    await withClient(on.target.connection, APPLICATION, (client) =>
      client.query(
        'grant execute on function pg_create_restore_point(text) to plain; grant execute on function pg_switch_wal() to plain',
      ),
    );
    await expect(
      check({}, { ...on.target.connection, user: 'plain', password: 'plain' }),
    ).resolves.toBeDefined();
  });

  test('a backup of the stanza that another process makes', async () => {
    const other = own.startPgbackrest('--type=full', 'backup');
    const lock = join(own.home, 'lock/main-backup.lock');
    try {
      await expect
        .poll(() =>
          stat(lock).then(
            ({ size }) => size,
            () => 0,
          ),
        )
        .toBeGreaterThan(0);
      other.kill('SIGSTOP');
      await expect(check()).rejects.toMatchObject(unusable('locked', 'Another backup'));
      await expect(on.backUp('second')).rejects.toMatchObject(unusable('locked', 'unable to acquire lock'));
    } finally {
      other.kill('SIGKILL');
      await other.catch(() => undefined);
    }
    await expect(check()).resolves.toBeDefined();
  });

  test('tablespaces', async () => {
    const place = join(own.home, 'elsewhere');
    await mkdir(place, { mode: 0o700 });
    const { uid, gid } = await stat(own.dataDirectory);
    await chown(place, uid, gid);
    await own.query(`create tablespace elsewhere location '${place}'`);
    await expect(check()).rejects.toMatchObject(unusable('tablespaces', 'elsewhere'));
    await own.query('drop tablespace elsewhere');
  });

  test('a stanza of another cluster', async () => {
    const other = await startPgbackrestServer();
    try {
      const { configFile } = other;
      await expect(check({ configFile })).rejects.toMatchObject(
        unusable('wrong-cluster', 'belongs to the cluster'),
      );
    } finally {
      await other.close();
    }
  });
});
