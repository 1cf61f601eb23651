import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ClusterHome } from './cluster-home.ts';
import { pruneLeases } from './leases.ts';
import { readPostmaster } from './postmaster.ts';
import { startCluster } from './start-cluster.ts';
import { requestStop, stopCluster } from './stop-cluster.ts';

/** Makes sure that the server of a home runs. The caller holds the home's lock. Returns the server's port. */
export async function ensureRunning(home: ClusterHome, port?: number): Promise<number> {
  await finishStopping(home);
  const options = port === undefined ? {} : { port };
  const started = await startCluster(home.dataDir, { ...options, logFile: home.logFile });
  return started.port;
}

/** Stops the server of a home, for sure, whoever uses it. The caller holds the home's lock. */
export async function ensureStopped(home: ClusterHome): Promise<void> {
  markStopping(home);
  await stopCluster(home.dataDir, 'fast');
  rmSync(home.stopMark, { force: true });
}

/** Whether nothing keeps the server of a home up any more. */
export function isUnused(home: ClusterHome): boolean {
  return pruneLeases(home.leases) === 0 && !existsSync(home.persistentMark);
}

/** {@link ensureStopped} for a process that exits now: the server goes down after it. */
export function stopAfterExit(home: ClusterHome): void {
  markStopping(home);
  requestStop(home.dataDir, 'fast');
}

/**
 * The signal takes effect some time after it was sent, and whoever sent it may be dead by then.
 * The mark, made before the signal, tells the next user that a server which looks ready is not to be trusted.
 */
function markStopping(home: ClusterHome): void {
  const server = readPostmaster(home.dataDir);
  if (server?.isAlive === true) writeFileSync(home.stopMark, String(server.pid));
}

async function finishStopping(home: ClusterHome): Promise<void> {
  if (!existsSync(home.stopMark)) return;
  const pid = Number(readFileSync(home.stopMark, 'utf8'));
  if (readPostmaster(home.dataDir)?.pid === pid) await stopCluster(home.dataDir, 'fast');
  rmSync(home.stopMark, { force: true });
}
