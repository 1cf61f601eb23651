import type { PgbackrestSettings } from '../../config.ts';
import { DeployError } from '../../failure.ts';
import type { Target } from '../../target.ts';
import type { Backup } from '../backup.ts';
import type { PgbackrestBackup } from '../manifest.ts';

/**
 * How the target's cluster and pgBackRest are reached.
 * @throws {USAGE_INVALID} when the configuration does not say it (any more).
 */
export function requirePgbackrest({ name, settings }: Target): PgbackrestSettings {
  if (settings.backup.driver === 'pgbackrest') return settings.backup;
  throw new DeployError({
    code: 'USAGE_INVALID',
    problem: `The target "${name}" is not configured for pgBackRest.`,
    next: 'Give it backup: { driver: "pgbackrest", … } in deploy.config.ts (docs/pgbackrest.md).',
  });
}

/** @throws {BACKUP_DAMAGED} when the manifest does not say which of pgBackRest's backups it is. */
export function requireLabel({ id, manifest }: Backup): PgbackrestBackup {
  if (manifest.pgbackrest !== undefined) return manifest.pgbackrest;
  const problems = ["manifest.json does not name pgBackRest's backup."];
  throw new DeployError({ code: 'BACKUP_DAMAGED', backup: id, problems });
}
