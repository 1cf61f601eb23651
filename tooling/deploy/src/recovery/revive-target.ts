import { driverFor, driverNameOf } from '../backup/drivers.ts';
import { readLease } from '../backup/lease.ts';
import { listUnsettledSwaps } from '../backup/pgbackrest/swap-clusters.ts';
import type { Run } from '../run-context.ts';

/**
 * Starts the target's server where a swap of clusters was killed while it was stopped: without it, not even the lock can be
 * taken under which a recovery works. The lease stands for the lock; while somebody holds it, nothing is done.
 * @throws {TARGET_DOWN}
 */
export async function reviveTarget({ target, applicationName }: Run): Promise<void> {
  const driver = driverNameOf(target);
  if (driver !== 'pgbackrest') return;
  const swaps = await listUnsettledSwaps(target);
  if (swaps.length === 0 || (await readLease(target.store, target.name)) !== undefined) return;
  for (const swap of swaps) await driverFor(driver).settleSwap(target, swap, applicationName);
}
