import { withClient } from '../../postgres.ts';
import type { Target } from '../../target.ts';
import { requirePgbackrest } from './require-pgbackrest.ts';
import { untilArchived } from './until-archived.ts';

/**
 * Lets the archive reach to this moment: a server that replays up to a time must see a transaction that ended after it, and
 * on a quiet target the last one may have been long before. Where the target cannot be asked, the archive is as it is,
 * and the replay will tell whether it suffices.
 */
export async function markPresent(
  target: Target,
  { applicationName, signal }: { applicationName: string; signal?: AbortSignal | undefined },
): Promise<void> {
  const settings = requirePgbackrest(target);
  const mark = withClient(target.connection, applicationName, async (client) => {
    await client.query('select pg_current_xact_id()');
    const { rows } = await client.query<{ segment: string }>(
      'select pg_walfile_name(pg_current_wal_lsn()) as segment',
    );
    await untilArchived(client, settings, rows[0]?.segment ?? '', signal);
  });
  await mark.catch(() => signal?.throwIfAborted());
}
