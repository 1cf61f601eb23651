import { glob, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { markInterrupted } from '../backup/catalogue.ts';
import { driverFor, driverNameOf } from '../backup/drivers.ts';

import { passfilePrefix } from '../libpq.ts';
import { readMigrations } from '../migrations/read.ts';
import type { Run } from '../run-context.ts';
import { isScratchOf, undoRoles } from '../scratch.ts';
import { unblockWrites } from '../steps/block-writes.ts';
import type { RunState } from './run-state.ts';

/**
 * Removes whatever a run left that is not the target itself: copies of it, roles of migrations that were tried out,
 * unpacked dumps, half a backup, password files. Nobody may be at work on the run.
 */
export async function clearAway(run: Run, { leftBehind }: Pick<RunState, 'leftBehind'>): Promise<void> {
  const { target, applicationName, directory, id, emit } = run;
  const driver = driverFor(driverNameOf(target));
  const copies = await driver.listCopies(target, applicationName);
  for (const name of copies.filter((copy) => isScratchOf(copy, id)))
    await driver.discard(target, name, applicationName);
  for (const { action, object, roles } of leftBehind) {
    if (action !== 'create-scratch' && action !== 'restore-beside') continue;
    if (roles !== undefined) {
      const migrations = await readMigrations(run.config.migrations);
      await undoRoles(target.rehearsal, applicationName, migrations, roles);
    }
    emit({ type: 'completed', action, object });
  }

  for (const name of await readdir(directory).catch(() => []))
    if (name.startsWith('unpacked-')) await rm(join(directory, name), { recursive: true, force: true });
  for await (const passfile of glob(`${passfilePrefix(applicationName)}*`))
    await rm(passfile, { recursive: true, force: true });
  await markInterrupted(target.store, { target: target.name, id });
}

/** Lets the target's clients write again where a killed run had kept them from it. */
export async function allowWrites(run: Run, { leftBehind }: Pick<RunState, 'leftBehind'>): Promise<void> {
  if (leftBehind.some(({ action }) => action === 'block-writes')) await unblockWrites(run);
}
