import type { EmbeddedServer } from '@apms/db/embedded';
import { escapeLiteral, withClient } from '../../postgres.ts';
import type { Target } from '../../target.ts';
import type { Copy, DriverOptions } from '../backup.ts';
import { tableContents } from '../content.ts';
import { listTables, lockTables } from '../lock-tables.ts';
import type { BackupFile, TableContent } from '../manifest.ts';
import { readFacts } from '../read-facts.ts';
import { together } from '../together.ts';
import { type Session, withSessions } from '../with-sessions.ts';
import { archiveCluster } from './archive-cluster.ts';
import { requireEmbedded } from './require-embedded.ts';

const BEGIN = 'begin isolation level repeatable read read only';
const LIST_ATTEMPTS = 5;

/**
 * Copies the files of an embedded server while it runs. Every table is locked against writers meanwhile, because the
 * copy shows the moment it ends, and the counts and hashes the moment they begin: with the lock, both are the same.
 */
export async function createSnapshot(target: Target, options: DriverOptions): Promise<Copy> {
  const embedded = requireEmbedded(target, options.id);
  const { connection } = target;
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, ...(options.signal ? [options.signal] : [])]);
  return withSessions(connection, options.applicationName, signal, async (leader, second) => {
    await beginLocked(target, leader, second, options);
    const facts = await readFacts(leader.client);
    const { rows } = await leader.client.query<{ snapshot: string }>(
      'select pg_export_snapshot() as snapshot',
    );
    await second.client.query(`${BEGIN}; set transaction snapshot ${escapeLiteral(rows[0]?.snapshot ?? '')}`);
    const [tables, file] = await together<[TableContent[], BackupFile]>(controller, [
      tableContents([leader.client, second.client], options.onProgress),
      archive(target, embedded, { ...options, signal }),
    ]);
    return { contents: { ...facts, tables }, files: [file], tools: {} };
  });
}

/** The locks must come before the snapshot, and so the list of tables before both: it is read again until it holds. */
async function beginLocked(
  target: Target,
  leader: Session,
  lister: Session,
  options: DriverOptions,
): Promise<void> {
  const { connection, settings } = target;
  for (let attempt = 1; ; attempt += 1) {
    const tables = await listTables(lister.client);
    await leader.client.query(BEGIN);
    await lockTables(leader, tables, {
      mode: 'share',
      waitMs: settings.lockTimeoutMs,
      connection,
      ...options,
    });
    const now = await listTables(leader.client);
    if (now.join() === tables.join()) return;
    await leader.client.query('rollback');
    if (attempt === LIST_ATTEMPTS)
      throw new Error('Tables are made or dropped all the time; a snapshot needs a quiet moment.');
  }
}

function archive(
  target: Target,
  embedded: EmbeddedServer,
  { id, writeFile, applicationName, onProgress, signal }: DriverOptions & { signal: AbortSignal },
): Promise<BackupFile> {
  return withClient(target.maintenance, applicationName, (client) =>
    archiveCluster(client, embedded.dataDir, {
      writeFile,
      label: id,
      signal,
      ...(onProgress && { onProgress }),
    }),
  );
}
