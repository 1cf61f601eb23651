import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  acquireEmbeddedServer,
  type EmbeddedServer,
  giveToClusterOwner,
  initCluster,
  replaceDataDirectory,
  stopCluster,
} from '../src/embedded/index.ts';
import { temporaryRoot } from '../src/testing/index.ts';

let rootDir: string;
let server: EmbeddedServer;
let incoming: string;
let outgoing: string;

beforeEach(async () => {
  rootDir = await mkdtemp(join(await temporaryRoot(), 'apms-replacement-'));
  await chmod(rootDir, 0o755);
  server = await acquireEmbeddedServer({ name: 'replaced', rootDir });
  await run('create table age as select 1 as value');
  incoming = join(dirname(server.dataDir), 'incoming');
  outgoing = join(dirname(server.dataDir), 'outgoing');
});
afterEach(async () => {
  await server.release();
  await stopCluster(server.dataDir);
  await rm(rootDir, { recursive: true, force: true });
});

async function run(sql: string): Promise<unknown[]> {
  const client = new Client(server.url('postgres'));
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

/** A copy of the server's data as of now, as one that was restored from a backup. */
async function copyData(): Promise<void> {
  await stopCluster(server.dataDir);
  await cp(server.dataDir, incoming, { recursive: true });
  await giveToClusterOwner(incoming);
  await chmod(incoming, 0o700);
  const again = await acquireEmbeddedServer({ name: 'replaced', rootDir });
  await server.release();
  server = again;
}

describe('replaceDataDirectory', () => {
  test('gives the holders of a server other data at the same URL, and keeps the old data', async () => {
    await copyData();
    await run('update age set value = 2');
    const other = await acquireEmbeddedServer({ name: 'replaced', rootDir });
    await replaceDataDirectory(server, { with: incoming, keepOldAs: outgoing });
    expect(await run('select value from age')).toEqual([[1]]);
    await server.release();
    expect(await run('select value from age')).toEqual([[1]]);
    await other.release();
    expect(await readdir(outgoing)).toContain('PG_VERSION');
    expect(await readdir(dirname(server.dataDir))).not.toContain('replacement.json');
  });

  test('makes data that came with another password answer to the server’s own', async () => {
    await initCluster(incoming, { password: "it's another" });
    await replaceDataDirectory(server, { with: incoming, keepOldAs: outgoing });
    expect(await run("select to_regclass('age')")).toEqual([[null]]);
  });

  test('goes back to the old data when the new do not start', async () => {
    await copyData();
    await writeFile(join(incoming, 'postgresql.conf'), 'no_such_setting = 1\n');
    const replacement = replaceDataDirectory(server, { with: incoming, keepOldAs: outgoing });
    await expect(replacement).rejects.toMatchObject({
      code: 'REPLACE_FAILED',
      cause: { code: 'START_FAILED' },
    });
    expect(await run('select value from age')).toEqual([[1]]);
    expect(await readdir(incoming)).toContain('PG_VERSION');
    expect(await readdir(dirname(server.dataDir))).not.toContain('outgoing');
  });

  test('refuses what cannot be a replacement, without stopping the server', async () => {
    await mkdir(incoming);
    const empty = replaceDataDirectory(server, { with: incoming, keepOldAs: outgoing });
    await expect(empty).rejects.toThrow('not a PostgreSQL data directory');
    await initCluster(incoming);
    const occupied = replaceDataDirectory(server, { with: incoming, keepOldAs: server.dataDir });
    await expect(occupied).rejects.toThrow('exists already');
    await writeFile(join(incoming, 'PG_VERSION'), '17\n');
    const older = replaceDataDirectory(server, { with: incoming, keepOldAs: outgoing });
    await expect(older).rejects.toThrow('another major version');
    expect(await run('select value from age')).toEqual([[1]]);
  });

  test.each([0, 1, 2])(
    'is completed by the next user when killed after %i of the two renames',
    async (renames) => {
      await copyData();
      await run('update age set value = 2');
      await server.release();
      await writeFile(
        join(dirname(server.dataDir), 'replacement.json'),
        JSON.stringify([incoming, outgoing]),
      );
      if (renames > 0) await rename(server.dataDir, outgoing);
      if (renames > 1) await rename(incoming, server.dataDir);
      server = await acquireEmbeddedServer({ name: 'replaced', rootDir });
      expect(await run('select value from age')).toEqual([[1]]);
      expect(await readdir(dirname(server.dataDir))).toEqual(expect.arrayContaining(['data', 'outgoing']));
    },
  );
});
