import type { Target } from '../target.ts';
import type { BackupDriver } from './backup.ts';
import type { BackupDriverName } from './manifest.ts';
import { createDump } from './pg-dump/create-dump.ts';
import { restoreDump } from './pg-dump/restore-dump.ts';
import { createSnapshot } from './snapshot/create-snapshot.ts';
import { restoreSnapshot } from './snapshot/restore-snapshot.ts';

const DRIVERS: Record<BackupDriverName, BackupDriver> = {
  pg_dump: { create: createDump, restore: restoreDump },
  snapshot: { create: createSnapshot, restore: restoreSnapshot },
};

/** The embedded server has no client tools, so its files are copied; any other is dumped. */
export function driverNameOf(target: Target): BackupDriverName {
  return target.embedded === undefined ? 'pg_dump' : 'snapshot';
}

export function driverFor(name: BackupDriverName): BackupDriver {
  return DRIVERS[name];
}
