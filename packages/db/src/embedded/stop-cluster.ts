import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedServerError } from './embedded-server-error.ts';
import { type Postmaster, readPostmaster } from './postmaster.ts';

/** `fast` ends the sessions and writes a checkpoint; `immediate` is like pulling the plug. */
export type StopMode = 'fast' | 'immediate';

const stopTimeoutMs = 300_000;

/**
 * Stops the server of a data directory and returns when it is gone; nothing to do when none runs.
 * @throws {STOP_FAILED} when it does not end in time
 */
export async function stopCluster(dataDir: string, mode: StopMode = 'fast'): Promise<void> {
  const server = requestStop(dataDir, mode);
  if (server === undefined) return;
  const deadline = Date.now() + stopTimeoutMs;
  while (readPostmaster(dataDir)?.isAlive === true) {
    if (Date.now() > deadline) {
      const sentence = `The PostgreSQL server of ${dataDir} (pid ${server.pid}) was told to stop but did not.`;
      throw new EmbeddedServerError(sentence, { code: 'STOP_FAILED', path: dataDir });
    }
    await sleep(10);
  }
}

/**
 * Tells a server to stop without waiting until it has.
 * It sends the signal itself instead of calling pg_ctl: a pg_ctl that outlived its caller could stop a
 * server that somebody else has begun to use.
 */
export function requestStop(dataDir: string, mode: StopMode): Postmaster | undefined {
  const server = readPostmaster(dataDir);
  if (server?.isAlive !== true) return undefined;
  try {
    kill(server.pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
  return server;
}
