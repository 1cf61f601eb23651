import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeployError } from '../failure.ts';
import { messageOf } from '../postgres.ts';

/** A migration as it lies in its folder. */
export interface Migration {
  name: string;
  /** The path for people: relative to the migrations folder. */
  file: string;
  sql: string;
  /** Lower-case hex SHA-256 of the file's bytes, as Prisma records it. */
  checksum: string;
}

async function readMigration(directory: string, name: string): Promise<Migration> {
  const file = join(name, 'migration.sql');
  const bytes = await readFile(join(directory, file));
  const sql = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  return { name, file, sql, checksum: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * Every migration of the folder in the order in which Prisma applies them: by name.
 * @throws {CONFIG_INVALID} naming each folder without a readable `migration.sql`.
 */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const invalid = (problems: string[]) =>
    new DeployError({ code: 'CONFIG_INVALID', file: directory, problems });
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    throw invalid([messageOf(error)]);
  });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
  const read = await Promise.allSettled(names.map((name) => readMigration(directory, name)));
  const problems = read.flatMap((result, index) =>
    result.status === 'rejected' ? [`${names[index]}: ${messageOf(result.reason)}`] : [],
  );
  if (problems.length > 0) throw invalid(problems);
  return read.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}
