import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from './connection.ts';

const escape = (value: string) => value.replaceAll('\\', '\\\\').replaceAll(':', '\\:');

/** Where the password files of a run lie, so that those of a killed one can be removed. */
export function passfilePrefix(applicationName: string): string {
  return join(tmpdir(), `${applicationName.replaceAll(/[^A-Za-z0-9]+/g, '-')}-`);
}

/**
 * Runs `use` with the environment that makes libpq's programs (`pg_dump`, `pg_restore`) reach `connection`. The password
 * goes through a file that only this user can read, and which is removed again: neither an argument list nor an
 * environment ever holds it.
 */
export async function withLibpq<T>(
  connection: Connection,
  applicationName: string,
  use: (environment: Record<string, string>) => Promise<T>,
): Promise<T> {
  const { host, port, user, password, database, tls } = connection;
  const directory = await mkdtemp(passfilePrefix(applicationName));
  try {
    const passfile = join(directory, 'pgpass');
    // The environment alone says where to connect; libpq's names for hosts differ from the URL's for local sockets.
    await writeFile(passfile, `*:*:*:*:${escape(password ?? '')}\n`, { mode: 0o600 });
    return await use({
      PGHOST: host,
      PGPORT: String(port),
      PGUSER: user,
      PGDATABASE: database,
      PGPASSFILE: passfile,
      PGAPPNAME: applicationName,
      PGCONNECT_TIMEOUT: '10',
      PGSSLMODE: tls?.mode ?? 'prefer',
      ...(tls?.rootCertificate && { PGSSLROOTCERT: tls.rootCertificate }),
      ...(tls?.certificate && { PGSSLCERT: tls.certificate }),
      ...(tls?.key && { PGSSLKEY: tls.key }),
      PGOPTIONS:
        '-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0 -c default_transaction_read_only=off',
      LC_ALL: 'C',
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
