import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { isProcessAlive, processIdentity } from '@apms/db/embedded';
import { z } from 'zod';
import { DeployError } from '../failure.ts';
import type { BackupStore } from './store/backup-store.ts';

const RENEW_MS = 15_000;
const STALE_MS = 60_000;

const LeaseRecord = z.object({
  id: z.string(),
  deployment: z.string(),
  host: z.string(),
  pid: z.int(),
  /** The process with the moment it started, so that another one with the same pid is not taken for it. */
  process: z.string(),
  user: z.string(),
  since: z.iso.datetime(),
  renewedAt: z.iso.datetime(),
});

/** Who holds a store of backups, and since when. */
export type LeaseRecord = z.infer<typeof LeaseRecord>;

export interface Lease {
  /** Aborted when another process has taken the lease, because this one did not renew it in time. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** The name of the lease on a target's backups. */
export function leaseName(target: string): string {
  return `${target}/lease.json`;
}

/**
 * Takes the lease on a target's backups and renews it until it is released. A lease whose process on this host has died,
 * or that was not renewed for a minute, is taken over.
 * @throws {LOCKED} naming the holder.
 */
export async function acquireLease(
  store: BackupStore,
  owner: { deployment: string; target: string },
): Promise<Lease> {
  const name = leaseName(owner.target);
  const since = new Date().toISOString();
  const record: LeaseRecord = {
    id: randomUUID(),
    deployment: owner.deployment,
    host: hostname(),
    pid: process.pid,
    process: processIdentity(process.pid) ?? '',
    user: userName(),
    since,
    renewedAt: since,
  };
  await take(store, name, record, owner.target);
  const lost = new AbortController();
  let renewal = Promise.resolve();
  const renew = () => {
    const renewed = { ...record, renewedAt: new Date().toISOString() };
    // One that fails is made up for by the next one; the lease lasts for four of them.
    renewal = replaceOwn(store, name, record, JSON.stringify(renewed), lost).catch(() => undefined);
  };
  const timer = setInterval(renew, RENEW_MS).unref();
  return {
    lost: lost.signal,
    async release() {
      clearInterval(timer);
      await renewal;
      await replaceOwn(store, name, record, undefined, lost);
    },
  };
}

/** The lease in force on a target's backups, if there is one. */
export async function readLease(store: BackupStore, target: string): Promise<LeaseRecord | undefined> {
  const { record } = await readRecord(store, leaseName(target));
  return record !== undefined && isInForce(record) ? record : undefined;
}

async function take(store: BackupStore, name: string, record: LeaseRecord, target: string): Promise<void> {
  const held = await readRecord(store, name);
  if (held.record !== undefined && isInForce(held.record)) throw lockedBy(held.record, target);
  if (await store.replace(name, JSON.stringify(record), held.version)) return;
  const { record: quicker } = await readRecord(store, name);
  // Written after all, by an attempt whose answer was lost.
  if (quicker?.id === record.id) return;
  await take(store, name, record, target);
}

async function readRecord(
  store: BackupStore,
  name: string,
): Promise<{ record: LeaseRecord | undefined; version: string | undefined }> {
  const stored = await store.readText(name);
  if (stored === undefined) return { record: undefined, version: undefined };
  try {
    return { record: LeaseRecord.parse(JSON.parse(stored.text)), version: stored.version };
  } catch {
    return { record: undefined, version: stored.version };
  }
}

function isInForce(record: LeaseRecord): boolean {
  if (Date.now() - Date.parse(record.renewedAt) > STALE_MS) return false;
  return record.host !== hostname() || isProcessAlive(record.process);
}

/** Writes or removes the lease as long as it is this process's own. */
async function replaceOwn(
  store: BackupStore,
  name: string,
  { id }: LeaseRecord,
  text: string | undefined,
  lost: AbortController,
): Promise<void> {
  const held = await readRecord(store, name);
  if (held.record?.id === id && (await store.replace(name, text, held.version))) return;
  const { record } = await readRecord(store, name);
  if (record?.id !== id && !(text === undefined && record === undefined)) lost.abort();
}

function lockedBy({ deployment, user, host, pid, since }: LeaseRecord, target: string): DeployError {
  return new DeployError({
    code: 'LOCKED',
    target,
    holder: `deployment ${deployment} of ${user}@${host} (pid ${pid})`,
    since,
  });
}

/** A container's user may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
