import { setTimeout as sleep } from 'node:timers/promises';
import { DeployError } from '../failure.ts';
import type { Record } from '../record.ts';
import type { Run } from '../run-context.ts';
import { ApiProblem } from '../smoke/call-api.ts';
import { checkApi } from '../smoke/check-api.ts';
import { findApi } from '../smoke/find-api.ts';
import { runHooks } from './hooks.ts';

/** What the smoke step did. */
export interface Smoked {
  commands: number;
  /** How many reads the API answered; undefined where none is configured. */
  reads: number | undefined;
}

/** The API may be starting again. */
const PAUSE_MS = 500;

/**
 * Runs the smoke hooks, then calls the target's running API until it is well at the migration level, at most as long as
 * its time-out.
 * @throws {HOOK_FAILED, API_UNKNOWN, API_CHECK_FAILED}
 */
export async function smoke(run: Run, record: Record): Promise<Smoked> {
  const { hooks, smoke: settings } = run.target.settings;
  await runHooks(run, record, 'smoke');
  const commands = hooks.smoke.length;
  const api = findApi(run.target);
  if (api === undefined || settings === undefined) return { commands, reads: undefined };
  const migration = record.pending.at(-1)?.name ?? null;
  const deadline = performance.now() + settings.timeoutMs;
  for (;;) {
    try {
      return { commands, reads: await checkApi(api, migration) };
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (performance.now() + PAUSE_MS >= deadline) {
        const { host } = api.url;
        throw new DeployError({
          code: 'API_CHECK_FAILED',
          host,
          problem: error.message,
          timeoutMs: settings.timeoutMs,
        });
      }
    }
    await sleep(PAUSE_MS);
  }
}
