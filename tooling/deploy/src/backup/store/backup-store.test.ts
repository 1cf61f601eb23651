import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CREDENTIALS, type S3Server, startS3Server } from '../../../test/support/s3-server.ts';
import type { BackupStore } from './backup-store.ts';
import { directoryStore } from './directory-store.ts';
import { s3Store } from './s3/s3-store.ts';

const MIB = 2 ** 20;
const LATER = new Date(Date.now() + 3_600_000);

let directory: string;
let server: S3Server;
let simple: S3Server;

beforeAll(async () => {
  for (const [name, value] of Object.entries(CREDENTIALS)) vi.stubEnv(name, value);
  directory = await mkdtemp(join(tmpdir(), 'apms-store-'));
  [server, simple] = await Promise.all([startS3Server(), startS3Server({ conditional: false })]);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true, force: true });
  await Promise.all([server.remove(), simple.remove()]);
});

const STORES: [string, () => BackupStore][] = [
  ['directory', () => directoryStore(directory)],
  ['S3 bucket', () => s3Store(server.settings)],
  ['bucket of a server without conditions', () => s3Store(simple.settings)],
];

const contentOf = async (store: BackupStore, name: string) => {
  const found = await store.read(name);
  return found && { sizeBytes: found.sizeBytes, content: await buffer(found.content) };
};

describe.each(STORES)('a store in a %s', (_, open) => {
  test('gives back what was written, large or small, whatever was there before', async () => {
    const store = open();
    await store.check();
    for (const sizeBytes of [0, 1, 20 * MIB + 7]) {
      const bytes = randomBytes(sizeBytes);
      const chunks = Array.from({ length: Math.ceil(sizeBytes / MIB) }, (__, n) =>
        bytes.subarray(n * MIB, (n + 1) * MIB),
      );
      await store.write('t/1/backup/file', Readable.from(chunks, { objectMode: false }), {
        expectedBytes: sizeBytes,
      });
      const found = await contentOf(store, 't/1/backup/file');
      expect(found?.sizeBytes).toBe(sizeBytes);
      expect(found?.content.equals(bytes)).toBe(true);
    }
    expect(await store.read('t/1/backup/nothing')).toBeUndefined();
    expect(await store.readText('t/1/backup/nothing')).toBeUndefined();
    await store.remove('t/1/');
  });

  test('lists and removes what is below a name, beyond one page', async () => {
    const store = open();
    const names = Array.from({ length: 1_010 }, (__, n) => `many/${String(n).padStart(4, '0')}`);
    const queue = [...names];
    const write = async () => {
      for (let name = queue.pop(); name !== undefined; name = queue.pop()) await store.writeText(name, 'x');
    };
    await Promise.all([...Array.from({ length: 8 }, write), store.writeText('many-others', 'x')]);
    const listed = await store.list('many/');
    expect(listed.map(({ name }) => name)).toEqual(names);
    expect(listed[0]).toMatchObject({ sizeBytes: 1, modifiedAt: expect.any(Date) });
    await store.remove('many/0000');
    expect(await store.list('many/')).toHaveLength(1_009);
    await store.remove('many/');
    expect(await store.list('many/')).toEqual([]);
    expect(await store.readText('many-others')).toMatchObject({ text: 'x' });
    expect(await store.list('nowhere/')).toEqual([]);
  });

  test('has nothing of a content that fails on its way', async () => {
    const store = open();
    const failing = async function* () {
      for (let n = 0; n < 12; n += 1) yield randomBytes(MIB);
      throw new Error('the program was killed');
    };
    await expect(
      store.write('t/2/backup/file', Readable.from(failing(), { objectMode: false })),
    ).rejects.toThrow('the program was killed');
    expect(await store.read('t/2/backup/file')).toBeUndefined();
    expect(await store.list('t/2/')).toEqual([]);
    expect(await store.removeUnfinished('t/', LATER)).toEqual([]);
  });

  test('replaces a text only where nobody else was quicker', async () => {
    const store = open();
    expect(await store.replace('t/lease', 'first', undefined)).toBe(true);
    const read = await store.readText('t/lease');
    expect(read?.text).toBe('first');
    expect(await store.replace('t/lease', 'second', read?.version)).toBe(true);
    const second = await store.readText('t/lease');
    expect(await store.replace('t/lease', undefined, second?.version)).toBe(true);
    expect(await store.readText('t/lease')).toBeUndefined();
  });
});

describe.each(STORES.slice(0, 2))('a %s', (_, open) => {
  test('lets exactly one of many take a name', async () => {
    const store = open();
    const results = await Promise.all(
      Array.from({ length: 6 }, (__, n) => store.replace('t/raced', `taker ${n}`, undefined)),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    expect((await store.readText('t/raced'))?.text).toBe(`taker ${results.indexOf(true)}`);
    expect(await store.replace('t/raced', 'late', undefined)).toBe(false);
    expect(await store.replace('t/raced', 'late', '"another version"')).toBe(false);
    expect(await store.replace('t/raced', undefined, '"another version"')).toBe(false);
    expect((await store.readText('t/raced'))?.text).toBe(`taker ${results.indexOf(true)}`);
  });
});
