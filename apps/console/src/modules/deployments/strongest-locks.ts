import type { HeldLock, MigrationRun } from '@apms/validators';

const STRENGTH: readonly HeldLock['blocks'][] = ['schema changes', 'writes', 'reads and writes'];

/** Of the locks on one table, the one that blocks most: the others do not show beside it. */
export function strongestLocks(run: MigrationRun | null): HeldLock[] {
  const strongest = new Map<string, HeldLock>();
  for (const lock of run?.locks ?? []) {
    const other = strongest.get(lock.table);
    if (other === undefined || STRENGTH.indexOf(lock.blocks) > STRENGTH.indexOf(other.blocks)) {
      strongest.set(lock.table, lock);
    }
  }
  return [...strongest.values()];
}

/** Those of them that the application notices. */
export function blockingLocks(run: MigrationRun | null): HeldLock[] {
  return strongestLocks(run).filter(({ blocks }) => blocks !== 'schema changes');
}
