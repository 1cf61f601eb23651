import { setTimeout as sleep } from 'node:timers/promises';
import { type JobsDependencies, type RunningJobs, startJobs } from '../jobs.ts';

const PAUSE_MS = 15_000;

/**
 * Starts the jobs beside the server, and tries again while that is not possible: calls are answered also where the
 * database is not there yet, or its queues are not installed.
 */
export function keepJobs(deps: JobsDependencies): RunningJobs {
  const { log } = deps.services;
  const stopping = new AbortController();

  async function start(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await startJobs(deps);
        log.info('jobs are done here');
        return;
      } catch (error) {
        log.error({ err: error }, 'jobs cannot be done: is the queue installed (script jobs:install)?');
      }
      await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const started = start();
  return {
    stop: async () => {
      stopping.abort();
      await started;
      await deps.queue.close();
    },
  };
}
