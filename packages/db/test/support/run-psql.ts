import { join } from 'node:path';
import { execa } from 'execa';
import { findServerBinDir } from '../../src/testing/index.ts';

const binDir = findServerBinDir();

/** Whether there is a psql on this machine, beside a server. */
export const hasPsql = binDir !== undefined;

/** Runs psql against a database; never throws for its exit code. */
export async function runPsql(url: string, args: readonly string[]) {
  const { username, password, hostname, port, pathname } = new URL(url);
  return execa(join(binDir ?? '', 'psql'), ['-X', ...args], {
    env: {
      PGUSER: username,
      PGPASSWORD: password,
      PGHOST: hostname,
      PGPORT: port,
      PGDATABASE: decodeURIComponent(pathname.slice(1)),
      LC_ALL: 'C.UTF-8',
    },
    reject: false,
    stdin: 'ignore',
  });
}
