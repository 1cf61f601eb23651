import type pg from 'pg';
import { acquireLease, leaseName, readLease } from '../backup/lease.ts';
import { endSessionsOf } from '../end-sessions.ts';
import { explain } from '../explain.ts';
import { DeployError } from '../failure.ts';
import { applicationNameOf } from '../open-run.ts';
import { messageOf, withClient } from '../postgres.ts';
import type { Record } from '../record.ts';
import { isOver } from '../recovery/find-runs.ts';
import type { Run } from '../run-context.ts';
import { openStep } from '../run-step.ts';
import type { Target } from '../target.ts';

/** Proof that this run holds the target; asked again just before the migrations. */
export interface DeploymentLock {
  /** @throws {LOCK_LOST} when the session that holds the lock is gone, or the lease was taken over. */
  assertHeld(): Promise<void>;
}

/** The first half of the advisory lock's key: "APMS" in ASCII. The second is a hash of the database's name. */
const LOCK_CLASS = 0x41504d53;

/**
 * Runs `use` while no other deployment can run on the target. Two locks: an advisory one in the server's maintenance
 * database, which a swap of the target leaves alone and which the server frees when this process dies; and a lease
 * beside the backups, which says who holds it and guards them too.
 * @throws {LOCKED} naming the holder, and since when.
 */
export async function withDeploymentLock<T>(run: Run, use: (lock: DeploymentLock) => Promise<T>): Promise<T> {
  const { target, applicationName } = run;
  return withClient(target.maintenance, applicationName, async (client) => {
    const key = [LOCK_CLASS, target.connection.database] as const;
    const holder = await lockOrHolder(client, key);
    if (
      holder !== undefined &&
      !((await endIfOver(client, run, holder)) && !(await lockOrHolder(client, key)))
    )
      throw new DeployError(await describeHolder(holder, target));
    const lease = await acquireLease(target.store, { deployment: run.id, target: target.name });
    try {
      return await use({
        async assertHeld() {
          const held = await client.query('select 1').then(
            () => true,
            () => false,
          );
          if (!held || lease.lost.aborted) throw new DeployError({ code: 'LOCK_LOST', target: target.name });
        },
      });
    } finally {
      // What was done under the lock stays done. A lease that nobody renews is taken over.
      await lease.release().catch((error: unknown) => {
        const message = `The lease ${target.store.locate(leaseName(target.name))} was not given back: ${error instanceof DeployError ? explain(error.failure) : messageOf(error)}`;
        run.emit({ type: 'note', level: 'warning', message });
      });
    }
  });
}

/** The same as a step of a run, which ends when the lock is held. */
export async function withLockStep<T>(
  run: Run,
  record: Record,
  use: (lock: DeploymentLock) => Promise<T>,
): Promise<T> {
  const step = openStep(run, record, 'lock');
  let held = false;
  try {
    return await withDeploymentLock(run, async (lock) => {
      held = true;
      step.done('no other deployment can run on this target');
      return use(lock);
    });
  } catch (error) {
    if (!held) step.failed(error);
    throw error;
  }
}

interface Holder {
  application: string;
  address: string | null;
  since: string;
}

/** Takes the lock, or tells whose session has it. */
async function lockOrHolder(
  client: pg.Client,
  [lockClass, database]: readonly [number, string],
): Promise<Holder | undefined> {
  const { rows: answers } = await client.query<{ locked: boolean }>(
    'select pg_try_advisory_lock($1, hashtext($2)) as locked',
    [lockClass, database],
  );
  if (answers[0]?.locked === true) return undefined;
  const { rows } = await client.query<Holder>(
    `select a.application_name as application, host(a.client_addr) as address,
            to_char(a.backend_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since
       from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and l.granted and l.classid::bigint = $1
        and l.objid::bigint = hashtext($2)::bigint & 4294967295
        and l.database = (select oid from pg_database where datname = current_database())`,
    [lockClass, database],
  );
  return rows[0] ?? { application: '', address: null, since: '' };
}

/** A session that the network lost holds the lock until the server notices, which can take hours. */
async function endIfOver(
  client: pg.Client,
  { config, target }: Run,
  { application }: Holder,
): Promise<boolean> {
  const prefix = applicationNameOf('');
  if (!application.startsWith(prefix)) return false;
  if (!isOver(config.stateDirectory, target.name, application.slice(prefix.length))) return false;
  await endSessionsOf(client, { applicationName: application, during: 'a deployment that is over' });
  return true;
}

async function describeHolder({ application, address, since }: Holder, target: Target) {
  const lease = await readLease(target.store, target.name);
  const holder = lease
    ? `deployment ${lease.deployment} of ${lease.user}@${lease.host} (pid ${lease.pid})`
    : `${application || 'another session'}${address ? ` from ${address}` : ''}`;
  return { code: 'LOCKED' as const, target: target.name, holder, since: lease?.since ?? (since || null) };
}
