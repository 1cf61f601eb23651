import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startByteLimitedProxy } from '../../../../test/support/byte-limited-proxy.ts';
import { CREDENTIALS, type S3Server, startS3Server } from '../../../../test/support/s3-server.ts';
import { type Failure, toFailure } from '../../../failure.ts';
import { s3Store } from './s3-store.ts';

const MIB = 2 ** 20;
const DAY_MS = 86_400_000;

describe('a store in S3', () => {
  let server: S3Server;

  beforeEach(async () => {
    // No machine of Amazon's is asked for credentials.
    for (const [name, value] of Object.entries({ ...CREDENTIALS, AWS_EC2_METADATA_DISABLED: 'true' }))
      vi.stubEnv(name, value);
    server = await startS3Server();
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await server.remove();
  });

  const failureOf = async (work: Promise<unknown>): Promise<Failure | undefined> =>
    work.then(
      () => undefined,
      (error: unknown) => toFailure(error),
    );

  test('says why it cannot be used', async () => {
    const { settings } = server;
    const check = (changes: object = {}) => s3Store({ ...settings, ...changes }).check();
    await check();
    expect(await failureOf(check({ bucket: 'absent' }))).toMatchObject({
      code: 'STORE_FAILED',
      reason: 'bucket',
      store: 's3://absent/apms',
    });
    expect(await failureOf(check({ endpoint: 'http://127.0.0.1:1' }))).toMatchObject({
      code: 'STORE_FAILED',
      reason: 'unreachable',
    });
    expect(await failureOf(check({ endpoint: undefined }))).toMatchObject({
      reason: 'bucket',
      problem: 'Region is missing',
    });
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'NOBODY');
    expect(await failureOf(check())).toMatchObject({ code: 'STORE_FAILED', reason: 'denied' });
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('HOME', '/nonexistent');
    expect(await failureOf(check())).toMatchObject({ code: 'STORE_FAILED', reason: 'credentials' });
  });

  test('that goes away is told from one that was never there', async () => {
    const store = s3Store(server.settings);
    await store.check();
    await server.kill();
    expect(await failureOf(store.list('t/'))).toMatchObject({
      code: 'STORE_LOST',
      store: 's3://backups/apms',
    });
  });

  test('goes on with a download where it broke off', async () => {
    const bytes = randomBytes(6 * MIB);
    await s3Store(server.settings).write('t/1/backup/file', Readable.from([bytes], { objectMode: false }));
    const proxy = await startByteLimitedProxy(server.port, { bytes: 2 * MIB, connections: 2 });
    const store = s3Store({ ...server.settings, endpoint: `http://127.0.0.1:${proxy.port}` });
    const found = await store.read('t/1/backup/file');
    const content = await buffer(found?.content ?? Readable.from([]));
    expect(content.equals(bytes)).toBe(true);
    expect(proxy.cuts()).toBe(2);
    await proxy.remove();
  });

  test('gives up a download that breaks off again and again', async () => {
    const bytes = randomBytes(6 * MIB);
    await s3Store(server.settings).write('t/1/backup/file', Readable.from([bytes], { objectMode: false }));
    const store = s3Store(server.settings);
    const found = await store.read('t/1/backup/file');
    await server.kill();
    expect(await failureOf(buffer(found?.content ?? Readable.from([])))).toMatchObject({
      code: 'STORE_LOST',
    });
  });

  test('aborts an upload that fails, and later those of processes that were killed', async () => {
    const store = s3Store(server.settings);
    const failing = async function* () {
      for (let n = 0; n < 20; n += 1) yield randomBytes(MIB);
      await expect.poll(() => server.unfinished()).toHaveLength(1);
      throw new Error('the program was killed');
    };
    const upload = store.write('t/1/backup/file', Readable.from(failing(), { objectMode: false }));
    await expect(upload).rejects.toThrow('the program was killed');
    expect(await server.unfinished()).toEqual([]);

    await server.beginUpload('apms/t/2/backup/file');
    await server.beginUpload('apms/other/2/backup/file');
    expect(await store.removeUnfinished('t/', new Date(Date.now() - DAY_MS))).toEqual([]);
    expect(await store.removeUnfinished('t/', new Date(Date.now() + DAY_MS))).toEqual(['t/2/backup/file']);
    expect(await server.unfinished()).toHaveLength(1);
  });
});
