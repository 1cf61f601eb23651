import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { DeployError } from '../failure.ts';
import { messageOf } from '../postgres.ts';

/** A file of SQL, wherever it lies. */
export interface SqlFile {
  /** Of a migration its folder's name. */
  name: string;
  path: string;
  sql: string;
}

const MIGRATION = 'migration.sql';
const STDIN = '-';

/**
 * Reads files, migrations (`NAME/`), folders of migrations or of `.sql` files, and with `-` the standard input, which
 * then counts as the file of the name `stdinFilename`. Each folder in the order of its names.
 * @throws {USAGE_INVALID} naming what cannot be read.
 */
export async function readPaths(paths: readonly string[], stdinFilename: string): Promise<SqlFile[]> {
  const files: SqlFile[] = [];
  for (const path of paths) {
    if (path === STDIN) files.push(sqlFile(resolve(stdinFilename), await readStdin()));
    else files.push(...(await readPath(resolve(path)).catch((error: unknown) => refuse(path, error))));
  }
  return files;
}

async function readPath(path: string): Promise<SqlFile[]> {
  if (!(await stat(path)).isDirectory()) return [sqlFile(path, decoded(await readFile(path)))];
  const entries = (await readdir(path, { recursive: true })).filter((name) => name.endsWith('.sql'));
  const files: SqlFile[] = [];
  for (const name of entries.toSorted()) {
    // Prisma's own lock file and what lies beside a migration's file is not applied.
    if (entries.includes(join(dirname(name), MIGRATION)) && basename(name) !== MIGRATION) continue;
    files.push(sqlFile(join(path, name), decoded(await readFile(join(path, name)))));
  }
  return files;
}

function sqlFile(path: string, sql: string): SqlFile {
  return { name: basename(path) === MIGRATION ? basename(dirname(path)) : basename(path), path, sql };
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return decoded(Buffer.concat(chunks));
}

function refuse(path: string, error: unknown): never {
  throw new DeployError(
    {
      code: 'USAGE_INVALID',
      problem: `${path} cannot be read: ${messageOf(error)}.`,
      next: 'Name SQL files, a folder of migrations, or - for the standard input.',
    },
    { cause: error },
  );
}
