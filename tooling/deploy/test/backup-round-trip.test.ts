import { readdir, readFile, stat, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBackup, listBackups } from '../src/backup/catalogue.ts';
import { compareContents } from '../src/backup/compare.ts';
import { tableContents } from '../src/backup/content.ts';
import { restoreBackup } from '../src/backup/restore.ts';
import { assertRestored, verifyBackup } from '../src/backup/verify.ts';
import { readSchema, schemaHash } from '../src/schema/read-schema.ts';
import { APPLICATION, type BackupTarget, openBackupTarget } from './support/backup-target.ts';
import { NASTY_CONTENT } from './support/nasty-content.ts';

describe('a backup', () => {
  let on: BackupTarget;

  beforeAll(async () => {
    on = await openBackupTarget();
    const client = await on.connect();
    await client.query(NASTY_CONTENT);
  });

  afterAll(() => on.close());

  test('restores every kind of content, and the schema, to the last bit', async () => {
    const backup = await on.backUp('nasty');
    const tables = new Map(backup.manifest.tables.map(({ table, rows }) => [table, rows]));
    expect(tables.get('public.measured_2025_1')).toBeGreaterThan(100);
    expect(tables.get('public.guarded')).toBe(2);
    expect(tables.get('public.no_columns')).toBe(2);
    expect(tables.get('public.parent_table')).toBe(1);
    expect(tables.get('pg_catalog.pg_largeobject')).toBe(1);
    expect(tables.has('public.measured')).toBe(false);
    expect(tables.has('public.unfilled')).toBe(false);

    const restored = await restoreBackup(
      on.target,
      backup,
      on.restoreOptions('apms_scratch_nasty', 'target'),
    );
    try {
      await assertRestored(restored.connection, backup, { applicationName: APPLICATION });
      const client = await on.connect(restored.connection);
      expect(schemaHash(await readSchema(client))).toBe(backup.manifest.schemaHash);
      await client.query('insert into public.generated (a) values (7)');
      const problems = compareContents(backup.manifest.tables, await tableContents([client]));
      expect(problems).toEqual(['public.generated has 102 rows instead of 101 rows.']);
      await client.end();
    } finally {
      await restored.drop();
    }
  });

  test('is of one moment, whatever clients write meanwhile', async () => {
    const client = await on.connect();
    await client.query('create table busy (id bigint generated always as identity primary key, v text)');
    await client.query(
      'insert into busy (v) select repeat(md5(i::text), 10) from generate_series(1, 20000) i',
    );
    let writes = 0;
    const stop = new AbortController();
    const writer = (async () => {
      while (!stop.signal.aborted) {
        await client.query("insert into busy (v) values ('new')");
        await client.query("update busy set v = v || 'x' where id = $1", [1 + (writes % 1000)]);
        await client.query('delete from busy where id = $1', [5000 + writes]);
        writes += 1;
        await sleep(1);
      }
    })();
    const backup = await on.backUp('busy');
    const during = writes;
    stop.abort();
    await writer;
    expect(during).toBeGreaterThan(0);
    await verifyBackup(on.target, backup, on.restoreOptions('apms_scratch_busy'));
    const [stored] = (await listBackups(on.target.store, on.target.name)).filter(({ id }) => id === 'busy');
    expect(stored).toMatchObject({ usable: true, verifiedAt: expect.any(String) });
  });

  test.each([
    ['truncated', async (file: string) => truncate(file, (await stat(file)).size - 1), 'bytes instead of'],
    ['changed in one byte', flipByte, 'was changed'],
    ['missing', unlink, 'is missing'],
  ])('that is %s is refused before anything is made', async (what, damage, problem) => {
    const id = `damaged-${what.replaceAll(' ', '-')}`;
    const backup = await on.backUp(id);
    const [file] = backup.manifest.files;
    await damage(join(backup.location, file?.path ?? ''));
    const name = 'apms_scratch_damaged';
    await expect(restoreBackup(on.target, backup, on.restoreOptions(name))).rejects.toMatchObject({
      failure: { code: 'BACKUP_DAMAGED', problems: [expect.stringContaining(problem)] },
    });
    const client = await on.connect();
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    expect(rowCount).toBe(0);
  });

  test('whose values changed by themselves is told from the one that was made', async () => {
    const backup = await on.backUp('changed');
    const manifest = {
      ...backup.manifest,
      tables: backup.manifest.tables.map((content) =>
        content.table === 'public.every_type' ? { ...content, hash: '1' } : content,
      ),
    };
    await expect(
      verifyBackup(on.target, { ...backup, manifest }, on.restoreOptions('apms_scratch_changed')),
    ).rejects.toMatchObject({
      failure: { code: 'RESTORE_DIFFERS', problems: [expect.stringContaining('public.every_type')] },
    });
  });

  test('is not found, or named with the reason, when it is not usable', async () => {
    await expect(findBackup(on.target.store, on.target.name, 'nowhere')).rejects.toMatchObject({
      failure: { code: 'BACKUP_NOT_FOUND' },
    });

    const backup = await on.backUp('interrupted');
    await unlink(join(backup.location, 'manifest.json'));
    await expect(findBackup(on.target.store, on.target.name, 'interrupted')).rejects.toMatchObject({
      failure: { code: 'BACKUP_DAMAGED', problems: [expect.stringContaining('interrupted')] },
    });

    const edited = await on.backUp('edited');
    await writeFile(join(edited.location, 'manifest.json'), '{ "format": 2 }');
    const stored = (await listBackups(on.target.store, on.target.name)).find(({ id }) => id === 'edited');
    expect(stored).toMatchObject({ usable: false, reason: expect.stringContaining('manifest') });
  });

  test('never takes the place of another', async () => {
    const backup = await on.backUp('twice');
    await expect(on.backUp('twice')).rejects.toThrow('holds a backup already');
    expect(await findBackup(on.target.store, on.target.name, 'twice')).toEqual(backup);
  });

  test('that is given up frees its space and leaves no session behind', async () => {
    const signal = AbortSignal.abort();
    await expect(on.backUp('cancelled', { signal })).rejects.toMatchObject({
      failure: { code: 'CANCELLED' },
    });
    const directory = join(on.stateDirectory, on.target.name, 'cancelled', 'backup');
    expect(await readdir(directory)).toEqual(['unusable.json']);
    expect(await readFile(join(directory, 'unusable.json'), 'utf8')).toContain('reason');
  });

  test('waits for a locked table only so long, and says who locked it', async () => {
    const client = await on.connect();
    await client.query('begin; lock table guarded in access exclusive mode');
    await expect(on.backUp('locked')).rejects.toMatchObject({
      failure: { code: 'BACKUP_BLOCKED', blockers: [expect.objectContaining({ application: APPLICATION })] },
    });
    await client.query('rollback');
  });
});

async function flipByte(file: string): Promise<void> {
  const bytes = await readFile(file);
  const middle = Math.floor(bytes.length / 2);
  bytes.writeUInt8((bytes[middle] ?? 0) ^ 1, middle);
  await writeFile(file, bytes);
}
