import type { DeploymentReport } from '@apms/validators';
import { driverFor, driverNameOf } from '../backup/drivers.ts';
import type { RunEvent } from '../journal.ts';
import { applicationNameOf } from '../open-run.ts';
import { withClient } from '../postgres.ts';
import type { Run } from '../run-context.ts';
import { isScratchName, isScratchOf } from '../scratch.ts';
import { serversOf } from '../target.ts';
import { findUnfinishedRuns } from './find-runs.ts';
import { recoverRun, type WayBack } from './recover-run.ts';

/** What a recovery found and did. */
export interface Recovery {
  /** Each run that was brought to its end, and its report if it is of a kind that has one. */
  runs: { id: string; command: string; report: DeploymentReport | undefined }[];
  /** Copies of the target that were nobody's, and are removed. */
  removed: string[];
}

/** Brings every killed run of the target to its end, oldest first, and removes copies that are nobody's. The caller holds the lock. */
export async function recoverTarget(
  by: Run,
  wayBack: WayBack,
  show: (event: RunEvent) => void,
): Promise<Recovery> {
  const runs: Recovery['runs'] = [];
  for (const unfinished of await findUnfinishedRuns(by.config, by.target.name)) {
    const { id, command } = unfinished.state;
    runs.push({ id, command, report: await recoverRun(by, unfinished, wayBack, show) });
  }
  return { runs, removed: await removeAbandonedCopies(by) };
}

/**
 * Copies of runs whose journal is on another machine, or was never one: whoever uses a copy has a session on its server,
 * named after its run, as long as there is a copy.
 */
async function removeAbandonedCopies({ target, applicationName }: Run): Promise<string[]> {
  const driver = driverFor(driverNameOf(target));
  const copies = await driver.listCopies(target, applicationName);
  if (copies.length === 0) return [];
  const prefix = applicationNameOf('');
  const lists = await Promise.all(
    serversOf(target).map((server) =>
      withClient(server, applicationName, (client) =>
        client.query<{ name: string }>(
          'select distinct application_name as name from pg_stat_activity where starts_with(application_name, $1)',
          [prefix],
        ),
      ),
    ),
  );
  const running = lists.flatMap(({ rows }) => rows.map(({ name }) => name.slice(prefix.length)));
  const abandoned = copies.filter(
    (copy) => isScratchName(copy) && !running.some((id) => isScratchOf(copy, id)),
  );
  for (const copy of abandoned) await driver.discard(target, copy, applicationName);
  return abandoned;
}
