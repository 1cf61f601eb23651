import type { Target } from '../target.ts';
import type { BackupDriver } from './backup.ts';
import type { BackupDriverName } from './manifest.ts';
import { createDump } from './pg-dump/create-dump.ts';
import { restoreDump, settleDumpSwap } from './pg-dump/restore-dump.ts';
import { dropScratchDatabase, listScratchDatabases } from './pg-dump/scratch-databases.ts';
import { createSnapshot } from './snapshot/create-snapshot.ts';
import {
  dropSnapshot,
  listSnapshots,
  restoreSnapshot,
  settleSnapshotSwap,
} from './snapshot/restore-snapshot.ts';

const DRIVERS: Record<BackupDriverName, BackupDriver> = {
  pg_dump: {
    create: createDump,
    restore: restoreDump,
    settleSwap: settleDumpSwap,
    listCopies: listScratchDatabases,
    discard: dropScratchDatabase,
  },
  snapshot: {
    create: createSnapshot,
    restore: restoreSnapshot,
    settleSwap: settleSnapshotSwap,
    // A plan builds its schema in a database of the embedded server itself.
    listCopies: async (target, applicationName) =>
      (await Promise.all([listSnapshots(target), listScratchDatabases(target, applicationName)])).flat(),
    async discard(target, name, applicationName) {
      await dropSnapshot(target, name);
      await dropScratchDatabase(target, name, applicationName);
    },
  },
};

/** The embedded server has no client tools, so its files are copied; any other is dumped. */
export function driverNameOf(target: Target): BackupDriverName {
  return target.embedded === undefined ? 'pg_dump' : 'snapshot';
}

export function driverFor(name: BackupDriverName): BackupDriver {
  return DRIVERS[name];
}
