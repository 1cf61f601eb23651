import { createBackup } from '../backup/create.ts';
import { driverNameOf } from '../backup/drivers.ts';
import { checkPgbackrest } from '../backup/pgbackrest/check-pgbackrest.ts';
import { type CommandOptions, withRun } from '../open-run.ts';
import { withClient } from '../postgres.ts';
import { formatBytes, formatDuration } from '../report/format.ts';
import { withDeploymentLock } from '../steps/lock.ts';
import { clientToolsFor } from './client-tools-for.ts';

/** `deploy backup create`: a checksummed backup outside any deployment. */
export async function backupCreateCommand(options: CommandOptions): Promise<number> {
  return withRun('backup create', options, { journaled: true, show: () => undefined }, async (run) => {
    const { target, applicationName } = run;
    const driver = driverNameOf(target);
    const tools = await clientToolsFor(run, driver);
    if (driver === 'pgbackrest') {
      await withClient(target.connection, applicationName, (client) =>
        checkPgbackrest(target, client, run.signal),
      );
    }
    const backup = await withDeploymentLock(run, () =>
      createBackup(target, {
        id: run.id,
        deployment: null,
        commit: run.commit.hash,
        tools,
        applicationName,
        signal: run.signal,
      }),
    );
    const { id, location, manifest } = backup;
    const text = options.json
      ? JSON.stringify({
          type: 'backup',
          id,
          location,
          sizeBytes: manifest.sizeBytes,
          durationMs: manifest.durationMs,
        })
      : `backup ${id}: ${formatBytes(manifest.sizeBytes)} in ${formatDuration(manifest.durationMs)}, ${location}`;
    process.stdout.write(`${text}\n`);
    return 0;
  });
}
