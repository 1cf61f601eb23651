import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProcessAlive, processIdentity } from './process-identity.ts';

/** Notes that this process uses a server: a file named after the process. Returns the file. */
export function addLease(directory: string): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${processIdentity(process.pid) ?? process.pid}.${randomUUID()}`);
  writeFileSync(file, '');
  return file;
}

/** Drops the leases of processes that have died without a word, and counts the ones that are left. */
export function pruneLeases(directory: string): number {
  mkdirSync(directory, { recursive: true });
  const leases = readdirSync(directory);
  const dead = leases.filter((lease) => !isProcessAlive(lease.slice(0, lease.lastIndexOf('.'))));
  for (const lease of dead) rmSync(join(directory, lease), { force: true });
  return leases.length - dead.length;
}
