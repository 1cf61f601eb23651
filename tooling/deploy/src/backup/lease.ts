import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { dirname } from 'node:path';
import { isProcessAlive, processIdentity, withFileLock } from '@apms/db/embedded';
import { z } from 'zod';
import { DeployError } from '../failure.ts';
import { writeDurably } from './write-durably.ts';

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

/**
 * Takes the lease that `file` stands for and renews it until it is released. A lease whose process on this host has
 * died, or that was not renewed for a minute, is taken over.
 * @throws {LOCKED} naming the holder.
 */
export async function acquireLease(
  file: string,
  owner: { deployment: string; target: string },
): Promise<Lease> {
  await mkdir(dirname(file), { recursive: true });
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
  await exclusively(file, async () => {
    const held = await readLease(file);
    if (held !== undefined) throw lockedBy(held, owner.target);
    await writeDurably(file, JSON.stringify(record));
  });
  const lost = new AbortController();
  const renew = () =>
    whileHeld(file, record, lost, () =>
      writeDurably(file, JSON.stringify({ ...record, renewedAt: new Date().toISOString() })),
    );
  // A renewal that fails is made up for by the next one; the lease lasts for four of them.
  const timer = setInterval(() => void renew().catch(() => undefined), RENEW_MS).unref();
  return {
    lost: lost.signal,
    async release() {
      clearInterval(timer);
      await whileHeld(file, record, lost, () => rm(file, { force: true }));
    },
  };
}

/** The lease in force, if there is one. */
export async function readLease(file: string): Promise<LeaseRecord | undefined> {
  const record = await readRecord(file);
  return record !== undefined && isInForce(record) ? record : undefined;
}

async function readRecord(file: string): Promise<LeaseRecord | undefined> {
  try {
    return LeaseRecord.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function isInForce(record: LeaseRecord): boolean {
  if (Date.now() - Date.parse(record.renewedAt) > STALE_MS) return false;
  return record.host !== hostname() || isProcessAlive(record.process);
}

async function whileHeld(
  file: string,
  { id }: LeaseRecord,
  lost: AbortController,
  work: () => Promise<void>,
): Promise<void> {
  await exclusively(file, async () => {
    if ((await readRecord(file))?.id === id) await work();
    else lost.abort();
  });
}

function exclusively(file: string, work: () => Promise<void>): Promise<void> {
  return withFileLock(`${file}.lock`, work, 10_000);
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
