import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { escapeIdentifier, escapeLiteral } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import type { Backup } from '../src/backup/backup.ts';
import { restoreBackup } from '../src/backup/restore.ts';
import { directoryStore } from '../src/backup/store/directory-store.ts';
import { verifyBackup } from '../src/backup/verify.ts';
import { parseConnection } from '../src/connection.ts';
import { type BackupTarget, openBackupTarget, targetOn } from './support/backup-target.ts';

const ignore = () => undefined;

describe.skipIf(inject('testServer').kind === 'embedded')('a dump', () => {
  let on: BackupTarget;
  let directory: string;

  beforeAll(async () => {
    on = await openBackupTarget();
    directory = await mkdtemp(join(tmpdir(), 'apms-dump-'));
    const client = await on.connect();
    await client.query(`
      create table filler (id int, v text);
      insert into filler select i, md5(i::text) || md5((i * 7)::text) from generate_series(1, 60000) i`);
  });

  afterAll(async () => {
    await on.close();
    await rm(directory, { recursive: true, force: true });
  });

  /** A program that does something around the real one. */
  function wrapper(name: string, script: string): string {
    const file = join(directory, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  const tools = () => on.tools ?? expect.fail('no client tools');

  test('by a pg_dump that is killed is unusable and leaves nothing but the reason', async () => {
    const pgDump = wrapper('killed', `"${tools().pgDump}" "$@" | head -c 100000; kill -9 $$`);
    await expect(on.backUp('killed', { tools: { ...tools(), pgDump } })).rejects.toMatchObject({
      failure: { code: 'TOOL_FAILED', tool: pgDump, signal: 'SIGKILL' },
    });
    expect(await readdir(join(on.stateDirectory, 'test', 'killed', 'backup'))).toEqual(['unusable.json']);
  });

  test('by a pg_dump that refuses is told in its own words', async () => {
    const pgDump = wrapper(
      'refusing',
      'echo "pg_dump: error: aborting because of server version mismatch" >&2; exit 1',
    );
    await expect(on.backUp('refusing', { tools: { ...tools(), pgDump } })).rejects.toMatchObject({
      failure: { code: 'TOOL_FAILED', exitCode: 1, problem: expect.stringContaining('version mismatch') },
    });
    await expect(
      on.backUp('absent', { tools: { ...tools(), pgDump: '/nowhere/pg_dump' } }),
    ).rejects.toMatchObject({
      failure: { code: 'TOOL_FAILED', tool: '/nowhere/pg_dump' },
    });
  });

  test('that is stopped half-way ends its program and its sessions', async () => {
    const pgDump = wrapper('endless', 'exec sleep 120');
    const stop = new AbortController();
    const backup = on.backUp('stopped', {
      tools: { ...tools(), pgDump },
      applicationName: 'apms-stopped',
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(), 500);
    await expect(backup).rejects.toMatchObject({ failure: { code: 'CANCELLED' } });
    const client = await on.connect(on.target.maintenance);
    await expect
      .poll(async () => {
        const left = await client.query(
          "select from pg_stat_activity where application_name = 'apms-stopped'",
        );
        return left.rowCount;
      })
      .toBe(0);
    await client.end();
  });

  test('does not follow stray variables to another server', async () => {
    vi.stubEnv('PGHOSTADDR', '192.0.2.1');
    vi.stubEnv('PGSERVICE', 'nowhere');
    try {
      const backup = await on.backUp('stray');
      const verified = verifyBackup(on.target, backup, on.restoreOptions('apms_scratch_stray'));
      await expect(verified).resolves.toBeUndefined();
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test('that fails to restore leaves no database behind', async () => {
    const backup = await on.backUp('restore-fails');
    const pgRestore = wrapper(
      'restore-fails',
      'echo "pg_restore: error: could not execute query" >&2; exit 1',
    );
    const options = { ...on.restoreOptions('apms_scratch_restore_fails'), tools: { ...tools(), pgRestore } };
    await expect(restoreBackup(on.target, backup, options)).rejects.toMatchObject({
      failure: { code: 'TOOL_FAILED' },
    });
    expect(await databases(on)).not.toContain('apms_scratch_restore_fails');
    expect(await readdir(join(on.stateDirectory, 'test', 'restore-fails'))).toEqual(['backup']);
  });

  test('by a role that row-level security hides rows from is refused', async () => {
    const admin = await on.connect();
    const role = `apms_limited_${on.target.connection.database}`;
    await admin.query(`
      create role ${role} login password 'limited';
      create table hidden (id int); alter table hidden owner to ${role};
      alter table hidden enable row level security; alter table hidden force row level security;
      grant select on filler to ${role}`);
    const limited = await targetOn({ ...on.target.connection, user: role, password: 'limited' });
    await expect(limited.backUp('limited')).rejects.toMatchObject({
      failure: { code: expect.stringMatching(/PRIVILEGE_MISSING|TOOL_FAILED/) },
    });
    await limited.close();
    await admin.query(`drop table hidden; drop owned by ${role}; drop role ${role}`);
    await admin.end();
  });

  test('needs no superuser, only what the plan asks for', async () => {
    const admin = await on.connect(on.target.maintenance);
    const role = `apms_owner_${on.target.connection.database}`;
    const database = `${role}_db`;
    await admin.query(`
      create role ${role} login createdb bypassrls password 'owner'; grant pg_signal_backend to ${role}`);
    await admin.query(`create database ${database} owner ${role}`);
    const owned = await targetOn({ ...on.target.connection, user: role, password: 'owner', database });
    const client = await owned.connect();
    await client.query(`
      create table guarded (id int); insert into guarded values (1), (2);
      alter table guarded enable row level security; alter table guarded force row level security`);
    await client.end();

    const backup = await owned.backUp('owned');
    const restored = await restoreBackup(
      owned.target,
      backup,
      owned.restoreOptions('apms_scratch_owned', 'target'),
    );
    expect(restored.warnings).toEqual([]);
    const { quarantine } = await restored.swapIn(`${database}_failed`, ignore);
    const after = await owned.backUp('owned-after');
    expect(after.manifest.tables).toEqual(backup.manifest.tables);
    expect(propertiesOf(after)).toEqual(propertiesOf(backup));

    await owned.close();
    for (const left of [database, quarantine]) await admin.query(`drop database ${left} with (force)`);
    await admin.query(`drop role ${role}`);
    await admin.end();
  });

  test('shows its password neither in arguments nor in the environment', async () => {
    const { password } = on.target.connection;
    const seen = join(directory, 'seen');
    const spy = (tool: string) => `{ printf '%s\\n' "$0" "$@"; env; } >> "${seen}"; exec "${tool}" "$@"`;
    const spies = {
      ...tools(),
      pgDump: wrapper('spy-dump', spy(tools().pgDump)),
      pgRestore: wrapper('spy-restore', spy(tools().pgRestore)),
    };
    const backup = await on.backUp('spied', { tools: spies });
    await verifyBackup(on.target, backup, { ...on.restoreOptions('apms_scratch_spied'), tools: spies });
    const text = await readFile(seen, 'utf8');
    expect(text).toContain('--format=custom');
    expect(text).toContain('--jobs=3');
    expect(text).not.toContain(password);
    expect(JSON.stringify(backup)).not.toContain(password);
  });

  test('of a database with a difficult name, as a role with a difficult password, keeps all its properties', async () => {
    const admin = await on.connect(on.target.maintenance);
    const suffix = on.target.connection.database;
    const [name, role] = [`Odd "name" = 'ü' ${suffix.slice(-8)}`, `Rôle "x" ${suffix}`];
    const [database, owner] = [escapeIdentifier(name), escapeIdentifier(role)];
    await admin.query(`create role ${owner} login superuser password ${escapeLiteral("p@ss:w/o#r\\d'")}`);
    await admin.query(
      `create database ${database} template template0 owner ${owner} encoding 'UTF8' lc_collate 'C' lc_ctype 'C' connection limit 7`,
    );
    await admin.query(`
      revoke all on database ${database} from public;
      grant connect on database ${database} to pg_monitor with grant option;
      comment on database ${database} is 'it''s odd';
      alter database ${database} set search_path = "$user", "Odd, schema", public;
      alter database ${database} set work_mem = '7MB';
      alter role ${owner} in database ${database} set "app.note" = 'a ''b'''`);
    const { host, port } = on.target.connection;
    const url = `postgresql://${encodeURIComponent(role)}:${encodeURIComponent("p@ss:w/o#r\\d'")}@${host}:${port}/${encodeURIComponent(name)}`;
    const odd = await targetOn(parseConnection(url, 'TEST_DATABASE_URL'));
    const client = await odd.connect();
    await client.query('create table t (id int); insert into t values (1)');
    await client.end();

    const backup = await odd.backUp('odd');
    const restored = await restoreBackup(
      odd.target,
      backup,
      odd.restoreOptions('apms_scratch_odd', 'target'),
    );
    expect(restored.warnings).toEqual([]);
    const { quarantine } = await restored.swapIn(`${name} failed`, ignore);
    const after = await odd.backUp('odd-after');
    expect(after.manifest.tables).toEqual(backup.manifest.tables);
    expect(propertiesOf(after)).toEqual(propertiesOf(backup));
    expect(propertiesOf(after)).toMatchObject({ connectionLimit: 7, collate: 'C', comment: "it's odd" });

    await odd.close();
    for (const left of [database, escapeIdentifier(quarantine)])
      await admin.query(`drop database ${left} with (force)`);
    await admin.query(`drop role ${owner}`);
    await admin.end();
  });
});

describe('a full disk', () => {
  let on: BackupTarget;
  let small: string | undefined;

  beforeAll(async () => {
    on = await openBackupTarget();
    small = mountSmall(join(on.stateDirectory, 'small'));
    const client = await on.connect();
    await client.query(`
      create table noise (id int, v bytea);
      insert into noise select i, decode(md5(random()::text) || md5(random()::text), 'hex') from generate_series(1, 60000) i`);
  });

  afterAll(async () => {
    if (small !== undefined) execFileSync('umount', [small]);
    await on.close();
  });

  test('fails a backup, and is not filled by what is left of it', async ({ skip }) => {
    skip(small === undefined, 'mounting is not permitted here');
    const backup = on.backUp('full', {}, directoryStore(small ?? ''));
    await expect(backup).rejects.toMatchObject({ failure: { code: 'DISK_FULL' } });
    expect(await readdir(join(small ?? '', 'test', 'full', 'backup'))).toEqual(['unusable.json']);
  });

  test.runIf(inject('testServer').kind === 'server')(
    'fails a restore, and no database is left',
    async ({ skip }) => {
      skip(small === undefined, 'mounting is not permitted here');
      const client = await on.connect();
      await client.query(
        "drop table noise; create table zeros as select i, repeat('0', 100) as v from generate_series(1, 60000) i",
      );
      const backup = await on.backUp('packed');
      const options = { ...on.restoreOptions('apms_scratch_full'), spool: join(small ?? '', 'spool') };
      await expect(restoreBackup(on.target, backup, options)).rejects.toMatchObject({
        failure: { code: 'DISK_FULL' },
      });
      expect(await databases(on)).not.toContain('apms_scratch_full');
    },
  );
});

/** All but what differs by right: the size, and the order of grants. */
function propertiesOf({ manifest }: Backup) {
  const grants = manifest.database.grants?.map((grant) => JSON.stringify(grant)).toSorted();
  return { ...manifest.database, sizeBytes: 0, grants };
}

async function databases(on: BackupTarget): Promise<string[]> {
  const client = await on.connect(on.target.maintenance);
  const { rows } = await client.query<{ datname: string }>('select datname from pg_database');
  await client.end();
  return rows.map(({ datname }) => datname);
}

/** A file system of 1 MiB, or undefined where only the system's owner may mount one. */
function mountSmall(path: string): string | undefined {
  try {
    execFileSync('mkdir', ['-p', path]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { stdio: 'ignore' });
    return path;
  } catch {
    return undefined;
  }
}
