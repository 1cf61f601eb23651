import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { DeployError } from './failure.ts';

/** PostgreSQL's own programs of one installation. */
export interface ClientTools {
  major: number;
  version: string;
  pgDump: string;
  pgRestore: string;
}

const DEBIAN_ROOT = '/usr/lib/postgresql';

async function directories(configured: string | undefined): Promise<string[]> {
  if (configured !== undefined) return [configured];
  const debian = await readdir(DEBIAN_ROOT).catch(() => []);
  return [
    ...debian.map((major) => join(DEBIAN_ROOT, major, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
}

async function toolsIn(directory: string): Promise<ClientTools | undefined> {
  const [pgDump, pgRestore] = [join(directory, 'pg_dump'), join(directory, 'pg_restore')];
  try {
    await Promise.all([access(pgDump, constants.X_OK), access(pgRestore, constants.X_OK)]);
    const { stdout } = await execa(pgDump, ['--version']);
    const version = /(\d+)(?:\.\d+)?\S*/.exec(stdout);
    if (version?.[1] === undefined) return undefined;
    return { major: Number(version[1]), version: version[0], pgDump, pgRestore };
  } catch {
    return undefined;
  }
}

/**
 * `pg_dump` and `pg_restore` for a server: of the installations found (the configured directory alone, else Debian's
 * and PATH), the oldest that is not older than the server, because a newer `pg_restore` sets parameters that an older
 * server does not know.
 * @throws {TOOL_MISSING} listing what was found.
 */
export async function findClientTools(
  serverMajor: number,
  configured: string | undefined,
): Promise<ClientTools> {
  const all = await Promise.all((await directories(configured)).map(toolsIn));
  const found = all.filter((tools) => tools !== undefined);
  const [best] = found.filter(({ major }) => major >= serverMajor).toSorted((a, b) => a.major - b.major);
  if (best === undefined) {
    throw new DeployError({
      code: 'TOOL_MISSING',
      tool: 'pg_dump',
      serverMajor,
      found: found.map(({ pgDump, major }) => ({ path: pgDump, major })),
      configured: configured ?? null,
    });
  }
  return best;
}
