import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { processIdentity } from '@apms/db/embedded';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { acquireLease, type LeaseRecord, readLease } from './lease.ts';
import type { BackupStore } from './store/backup-store.ts';
import { directoryStore } from './store/directory-store.ts';

describe('a lease', () => {
  let directory: string;
  let store: BackupStore;
  let file: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'apms-lease-'));
    store = directoryStore(directory);
    file = join(directory, 'production', 'lease.json');
  });

  afterEach(async () => {
    vi.useRealTimers();
    await rm(directory, { recursive: true, force: true });
  });

  const acquire = (deployment: string) => acquireLease(store, { deployment, target: 'production' });

  async function leave(record: Partial<LeaseRecord>): Promise<void> {
    const now = new Date().toISOString();
    const left = {
      id: 'left',
      deployment: 'left',
      host: hostname(),
      pid: 1,
      process: '',
      user: 'someone',
      since: now,
      renewedAt: now,
    };
    await writeFile(file, JSON.stringify({ ...left, ...record }));
  }

  test('is held by one, who is named, and free once released', async () => {
    const lease = await acquire('first');
    await expect(acquire('second')).rejects.toMatchObject({
      failure: {
        code: 'LOCKED',
        target: 'production',
        holder: expect.stringMatching(
          new RegExp(`^deployment first of .+@${hostname()} \\(pid ${process.pid}\\)$`),
        ),
        since: expect.stringMatching(/^\d{4}-/),
      },
    });
    expect(await readLease(store, 'production')).toMatchObject({ deployment: 'first' });
    await lease.release();
    expect(await readLease(store, 'production')).toBeUndefined();
    await (await acquire('second')).release();
  });

  test('goes to exactly one of many who ask at once', async () => {
    const results = await Promise.allSettled(Array.from({ length: 8 }, (_, index) => acquire(`d${index}`)));
    const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(won).toHaveLength(1);
    await Promise.all(won.map((lease) => lease.release()));
  });

  test('of a process that was killed is taken over', async () => {
    const child = spawn('sleep', ['60']);
    const identity = processIdentity(child.pid ?? 0) ?? 'not running';
    await (await acquire('make the directory')).release();
    await leave({ process: identity });
    await expect(acquire('while it lives')).rejects.toMatchObject({ failure: { code: 'LOCKED' } });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lease = await acquire('after it');
    expect(await readLease(store, 'production')).toMatchObject({ deployment: 'after it' });
    await lease.release();
  });

  test('of another host lasts a minute after it was last renewed', async () => {
    await (await acquire('make the directory')).release();
    await leave({ host: 'elsewhere', renewedAt: new Date(Date.now() - 30_000).toISOString() });
    await expect(acquire('too early')).rejects.toMatchObject({ failure: { code: 'LOCKED' } });
    await leave({ host: 'elsewhere', renewedAt: new Date(Date.now() - 61_000).toISOString() });
    await (await acquire('in time')).release();
  });

  test('is renewed, and told to be lost when another has taken it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'], shouldAdvanceTime: true });
    const lease = await acquire('renewed');
    const before = await readLease(store, 'production');
    vi.advanceTimersByTime(15_000);
    await vi.waitFor(async () =>
      expect((await readLease(store, 'production'))?.renewedAt).not.toBe(before?.renewedAt),
    );

    await leave({ deployment: 'taker', process: processIdentity(process.pid) ?? '' });
    vi.advanceTimersByTime(15_000);
    await vi.waitFor(() => expect(lease.lost.aborted).toBe(true));
    await lease.release();
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ deployment: 'taker' });
  });
});
