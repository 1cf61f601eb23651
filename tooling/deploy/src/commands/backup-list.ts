import { listBackups } from '../backup/catalogue.ts';
import type { Manifest, SealedManifest } from '../backup/manifest.ts';
import { openStore } from '../backup/store/open-store.ts';
import { loadConfig, targetSettings } from '../load-config.ts';
import type { CommandOptions } from '../open-run.ts';
import { formatBytes, formatCount } from '../report/format.ts';

/** `deploy backup list`: every backup of a target, the newest last. Needs no connection. */
export async function backupListCommand(options: CommandOptions): Promise<number> {
  const config = await loadConfig(options.config);
  const store = await openStore(config, targetSettings(config, options.env));
  const backups = await listBackups(store, options.env);
  for (const backup of backups) {
    const { id, location, usable } = backup;
    if (options.json) {
      const detail = backup.usable
        ? {
            createdAt: backup.manifest.createdAt,
            driver: backup.manifest.driver,
            sizeBytes: backup.manifest.sizeBytes,
            verifiedAt: backup.verifiedAt,
          }
        : { reason: backup.reason };
      process.stdout.write(`${JSON.stringify({ type: 'backup', id, usable, location, ...detail })}\n`);
    } else if (backup.usable) {
      const { driver, sizeBytes } = backup.manifest;
      const proof = backup.verifiedAt === null ? 'checksummed' : `verified ${backup.verifiedAt}`;
      process.stdout.write(
        `${[id, driver, formatBytes(sizeBytes), contentsOf(backup.manifest), proof].join('  ')}\n`,
      );
    } else {
      process.stdout.write(`${id}  unusable: ${backup.reason}\n`);
    }
  }
  if (backups.length === 0 && !options.json) process.stdout.write(`no backups of ${options.env} yet\n`);
  return 0;
}

/** Of an encrypted one nothing is known but to whom. */
function contentsOf(manifest: Manifest | SealedManifest): string {
  if (!('tables' in manifest)) return `encrypted to ${(manifest.encryptedTo ?? []).join(', ')}`;
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  return `${formatCount(rows)} rows  ${manifest.migrations.length} migrations`;
}
