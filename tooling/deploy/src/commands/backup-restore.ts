import { z } from 'zod';
import type { Backup } from '../backup/backup.ts';
import { restoreBackup } from '../backup/restore.ts';
import { assertRestored } from '../backup/verify.ts';
import { describe, parseConnection } from '../connection.ts';
import { DeployError } from '../failure.ts';
import { type CommandOptions, withRun } from '../open-run.ts';
import type { Target } from '../target.ts';
import { clientToolsFor } from './client-tools-for.ts';
import { selectBackup } from './select-backup.ts';

export interface RestoreCommandOptions extends CommandOptions {
  as?: string;
  at?: string;
  /** The environment variable with the URL of another server. */
  serverUrlVariable?: string;
}

const Moment = z.iso.datetime({ offset: true });
const NAME = /^[a-z][a-z0-9_]{0,62}$/;

/**
 * `deploy backup restore`: restores a backup into a new database, beside the target or on another server, and compares it
 * with the manifest; or to a later moment, for which there is nothing to compare it with. The target stays as it is;
 * `deploy rollback` is what replaces it.
 */
export async function backupRestoreCommand(options: RestoreCommandOptions, id?: string): Promise<number> {
  return withRun('backup restore', options, { journaled: false, show: () => undefined }, async (run) => {
    const { target, applicationName } = run;
    const backup = await selectBackup(target, id);
    const name = options.as ?? `restored_${backup.id.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_')}`;
    if (!NAME.test(name)) {
      throw new DeployError({
        code: 'USAGE_INVALID',
        problem: `"${name}" is no name for the new database.`,
        next: 'Use lower-case letters, digits and underscores, a letter first, at most 63.',
      });
    }
    const { at } = options;
    if (at !== undefined && !Moment.safeParse(at).success) {
      throw new DeployError({
        code: 'USAGE_INVALID',
        problem: `"${at}" is no moment.`,
        next: 'Write it with its time zone: 2026-11-28T10:11:12Z, or 2026-11-28T12:11:12.5+02:00.',
      });
    }
    const where = serverOf(target, backup, options.serverUrlVariable);
    const tools = await clientToolsFor({ ...run, target: where }, backup.manifest.driver);
    const restored = await restoreBackup(where, backup, {
      name,
      where: 'target',
      at,
      tools,
      applicationName,
      spool: run.directory,
      signal: run.signal,
    });
    try {
      if (at === undefined)
        await assertRestored(restored.connection, backup, { applicationName, signal: run.signal });
    } catch (error) {
      await restored.drop();
      throw error;
    }
    const place = await restored.keep();
    const text = options.json
      ? JSON.stringify({
          type: 'backup-restored',
          id: backup.id,
          database: describe(restored.connection),
          at: at ?? null,
          place,
        })
      : `backup ${backup.id} is restored ${at === undefined ? 'and equal to its manifest' : `as of ${at}`}: ${place}`;
    process.stdout.write(`${text}\n`);
    return 0;
  });
}

/** The target, or the same on another server, of which any database will do to connect to. */
function serverOf(target: Target, { id, manifest }: Backup, variable: string | undefined): Target {
  if (variable === undefined) return target;
  if (manifest.driver !== 'pg_dump') {
    throw new DeployError({
      code: 'USAGE_INVALID',
      problem: `The backup ${id} was made by ${manifest.driver}, which restores whole clusters beside the target.`,
      next: 'Run the same command without --server-url-variable on the other host.',
    });
  }
  const url = process.env[variable];
  if (!url) {
    throw new DeployError({
      code: 'USAGE_INVALID',
      problem: `${variable} is not set.`,
      next: 'Set it to postgresql://USER:PASSWORD@HOST:PORT/DATABASE; any database of that server will do.',
    });
  }
  const connection = parseConnection(url, variable);
  return { ...target, connection, maintenance: connection, rehearsal: connection, embedded: undefined };
}
