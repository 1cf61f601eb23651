import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';

/** The programs of a PostgreSQL server on this machine: `PG_BIN_DIR`, or the newest that Debian's packages installed. */
export function findServerBinDir(): string | undefined {
  const given = process.env['PG_BIN_DIR'];
  const found = given === undefined ? globSync('/usr/lib/postgresql/*/bin') : [given];
  return found
    .filter((binDir) => existsSync(join(binDir, 'initdb')) && existsSync(join(binDir, 'pg_ctl')))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1);
}
