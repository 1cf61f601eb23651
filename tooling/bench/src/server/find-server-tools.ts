import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findServerBinDir } from '@apms/db/testing';
import { BenchError } from '../bench-error.ts';

/** The programs of one PostgreSQL installation. */
export interface ServerTools {
  readonly binDir: string;
  readonly psql: string;
  readonly pgDump: string;
  readonly pgRestore: string;
}

/** @throws {BenchError} naming what is missing and how to get it. */
export function findServerTools(): ServerTools {
  const binDir = findServerBinDir();
  if (binDir === undefined) {
    throw new BenchError(
      'No PostgreSQL server was found: install one (Debian: apt-get install postgresql) or set PG_BIN_DIR to the directory with initdb, pg_ctl, psql, pg_dump and pg_restore.',
    );
  }
  const missing = ['psql', 'pg_dump', 'pg_restore'].filter((name) => !existsSync(join(binDir, name)));
  if (missing.length > 0) {
    throw new BenchError(
      `${binDir} has no ${missing.join(', no ')}: install PostgreSQL's client programs of the same version (Debian: apt-get install postgresql-client) or set PG_BIN_DIR to a complete installation.`,
    );
  }
  return {
    binDir,
    psql: join(binDir, 'psql'),
    pgDump: join(binDir, 'pg_dump'),
    pgRestore: join(binDir, 'pg_restore'),
  };
}
