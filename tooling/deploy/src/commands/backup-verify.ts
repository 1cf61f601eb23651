import { verifyBackup } from '../backup/verify.ts';
import { type CommandOptions, withRun } from '../open-run.ts';
import { formatCount } from '../report/format.ts';
import { scratchName } from '../scratch.ts';
import { clientToolsFor } from './client-tools-for.ts';
import { selectBackup } from './select-backup.ts';

/** `deploy backup verify`: restores a backup into scratch and compares every table with the manifest. */
export async function backupVerifyCommand(options: CommandOptions, id?: string): Promise<number> {
  return withRun('backup verify', options, { journaled: false, show: () => undefined }, async (run) => {
    const { target, applicationName } = run;
    const backup = await selectBackup(target, id);
    const tools = await clientToolsFor(run);
    await verifyBackup(target, backup, {
      name: scratchName(run.id, 'verify'),
      tools,
      applicationName,
      spool: run.directory,
      signal: run.signal,
    });
    const rows = backup.manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    const text = options.json
      ? JSON.stringify({
          type: 'backup-verified',
          id: backup.id,
          tables: backup.manifest.tables.length,
          rows,
        })
      : `backup ${backup.id} is verified: restored, ${backup.manifest.tables.length} tables and ${formatCount(rows)} rows equal to the manifest`;
    process.stdout.write(`${text}\n`);
    return 0;
  });
}
