import type { Target } from '../target.ts';
import type { BackupDriver } from './backup.ts';
import type { BackupDriverName } from './manifest.ts';
import { createDump } from './pg-dump/create-dump.ts';
import { restoreDump, settleDumpSwap } from './pg-dump/restore-dump.ts';
import { dropScratchDatabase, listScratchDatabases } from './pg-dump/scratch-databases.ts';
import { dropClusterCopy, listClusterCopies } from './pgbackrest/cluster-copy.ts';
import { createPgbackrest } from './pgbackrest/create-pgbackrest.ts';
import { restorePgbackrest } from './pgbackrest/restore-pgbackrest.ts';
import { settleClusterSwap } from './pgbackrest/swap-clusters.ts';
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
  pgbackrest: {
    create: createPgbackrest,
    restore: restorePgbackrest,
    settleSwap: settleClusterSwap,
    // A plan builds its schema in a database of the target's server.
    listCopies: async (target, applicationName) =>
      (await Promise.all([listClusterCopies(target), listScratchDatabases(target, applicationName)])).flat(),
    async discard(target, name, applicationName) {
      await dropClusterCopy(target, name);
      await dropScratchDatabase(target, name, applicationName);
    },
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

/** The embedded server has no client tools, so its files are copied; of any other the configuration says how. */
export function driverNameOf({ embedded, settings }: Target): BackupDriverName {
  return embedded === undefined ? settings.backup.driver : 'snapshot';
}

export function driverFor(name: BackupDriverName): BackupDriver {
  return DRIVERS[name];
}
