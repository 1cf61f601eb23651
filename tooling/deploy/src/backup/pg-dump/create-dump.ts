import type { ClientTools } from '../../client-tools.ts';
import { streamTool } from '../../exec.ts';
import { withLibpq } from '../../libpq.ts';
import { escapeLiteral } from '../../postgres.ts';
import type { Target } from '../../target.ts';
import type { Copy, DriverOptions } from '../backup.ts';
import { tableContents } from '../content.ts';
import { listTables, lockTables } from '../lock-tables.ts';
import type { BackupFile } from '../manifest.ts';
import { readFacts } from '../read-facts.ts';
import { together } from '../together.ts';
import { withSessions } from '../with-sessions.ts';
import { requireTools } from './require-tools.ts';

/** The one file of a dump: pg_dump's custom format without its own compression. */
export const DUMP_FILE = 'database.dump';

const BEGIN = 'begin isolation level repeatable read read only';

/**
 * Dumps a database with `pg_dump` and, at the same time and from the same exported snapshot, counts and hashes every
 * table, so that the manifest and the dump agree to the row whatever clients write meanwhile.
 */
export async function createDump(target: Target, options: DriverOptions): Promise<Copy> {
  const tools = requireTools(options.tools, 'pg_dump');
  const { connection, settings } = target;
  const waitMs = settings.lockTimeoutMs * settings.attempts;
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, ...(options.signal ? [options.signal] : [])]);
  return withSessions(connection, options.applicationName, signal, async (leader, second) => {
    await leader.client.query(BEGIN);
    const tables = await listTables(leader.client);
    await lockTables(leader, tables, { ...options, mode: 'access share', waitMs, connection });
    const facts = await readFacts(leader.client);
    const { rows } = await leader.client.query<{ snapshot: string; bytes: number }>(
      `select pg_export_snapshot() as snapshot,
              (select coalesce(sum(pg_table_size(oid)), 0)::float8 from pg_class where relkind in ('r', 'm')) as bytes`,
    );
    const { snapshot, bytes } = rows[0] ?? { snapshot: '', bytes: 0 };
    await second.client.query(`${BEGIN}; set transaction snapshot ${escapeLiteral(snapshot)}`);
    const [contents, file] = await together<[Awaited<ReturnType<typeof tableContents>>, BackupFile]>(
      controller,
      [
        tableContents([leader.client, second.client], options.onProgress),
        dump(target, tools, { ...options, signal }, { snapshot, bytes, waitMs }),
      ],
    );
    return { contents: { ...facts, tables: contents }, files: [file], tools: { pg_dump: tools.version } };
  });
}

async function dump(
  { connection }: Target,
  tools: ClientTools,
  { writeFile, applicationName, signal, onProgress }: DriverOptions,
  { snapshot, bytes, waitMs }: { snapshot: string; bytes: number; waitMs: number },
): Promise<BackupFile> {
  const args = [
    '--format=custom',
    '--compress=0',
    '--no-password',
    `--snapshot=${snapshot}`,
    `--lock-wait-timeout=${waitMs}`,
  ];
  let done = 0;
  const onBytes = (count: number) => {
    done = Math.min(done + count, bytes);
    onProgress?.({ label: 'dumping', detail: null, unit: 'bytes', done, total: bytes });
  };
  return withLibpq(connection, applicationName, (environment) =>
    streamTool(tools.pgDump, args, { environment, ...(signal && { signal }) }, (output) =>
      writeFile(DUMP_FILE, output, { onBytes, expectedBytes: bytes }),
    ),
  );
}
