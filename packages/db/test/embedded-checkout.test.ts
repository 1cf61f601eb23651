import { existsSync, statSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acquireEmbeddedServer, clusterOwner } from '../src/embedded/index.ts';
import { removeAbandonedClusters } from '../src/embedded/remove-abandoned-clusters.ts';
import { withSharedRoot } from '../src/embedded/shared-root.ts';

const isRoot = process.getuid?.() === 0;

let base: string;
let checkout: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'apms-checkout-'));
  checkout = join(base, 'checkout');
  await mkdir(checkout);
});
afterEach(async () => {
  await rm(base, { recursive: true, force: true });
  if (isRoot) await withSharedRoot(removeAbandonedClusters);
});

/** Acquires the server of a checkout, notes a name in it, and tells where its data are and all names noted. */
async function visit(rootDir: string, name: string): Promise<{ dataDir: string; names: string }> {
  const server = await acquireEmbeddedServer({ name: 'outside', rootDir });
  const client = new Client(server.url('postgres'));
  await client.connect();
  await client.query('create table if not exists visit (name text)');
  await client.query('insert into visit values ($1)', [name]);
  const { rows } = await client.query<{ names: string }>("select string_agg(name, ' ') as names from visit");
  await client.end();
  await server.release();
  return { dataDir: server.dataDir, names: rows[0]?.names ?? '' };
}

describe('a checkout that the cluster’s owner can reach', () => {
  test('keeps its data itself', async () => {
    await chmod(base, 0o755);
    const { dataDir } = await visit(checkout, 'first');
    expect(dataDir).toBe(join(checkout, '.apms/postgres/outside/data'));
  });
});

describe.runIf(isRoot)('a checkout that only root can read', () => {
  test('has its data and programs outside, for the cluster’s owner', async () => {
    const { dataDir } = await visit(checkout, 'first');
    expect(dataDir).toMatch(/^\/var\/lib\/apms\/clusters\//);
    expect(statSync(dataDir).uid).toBe(clusterOwner()?.uid);
    expect((await visit(checkout, 'again')).names).toBe('first again');
  });

  test('moved keeps its data; copied or cloned anew it gets others', async () => {
    const first = await visit(checkout, 'first');
    const moved = join(base, 'moved');
    await rename(checkout, moved);
    await cp(moved, checkout, { recursive: true });
    const copied = await visit(checkout, 'copied');
    expect(copied.names).toBe('copied');
    expect((await visit(moved, 'moved')).names).toBe('first moved');
    await rm(checkout, { recursive: true });
    await mkdir(checkout);
    expect((await visit(checkout, 'cloned')).names).toBe('cloned');
    expect(existsSync(dirname(copied.dataDir))).toBe(false);
    expect(existsSync(first.dataDir)).toBe(true);
  });
});
