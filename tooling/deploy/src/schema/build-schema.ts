import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { listForeignKeys } from '@apms/db/checks';
import { ForeignKey } from '@apms/validators';
import type pg from 'pg';
import { z } from 'zod';
import { applyMigrations } from '../migrations/apply.ts';
import { ApplyError } from '../migrations/apply-error.ts';
import type { Migration } from '../migrations/read.ts';
import { arrangeMigrations } from '../sql/arrange.ts';
import { readSchema, Schema } from './read-schema.ts';

/** What a list of migrations builds on an empty database. */
const BuiltSchema = z.object({ schema: Schema, foreignKeys: z.array(ForeignKey) });
export type BuiltSchema = z.infer<typeof BuiltSchema>;

/** Format of the cache files; a change of {@link readSchema} makes old ones worthless. */
const CACHE_FORMAT = 1;

const NO_HURRY = {
  lockTimeoutMs: 60_000,
  attempts: 1,
  verify: async () => undefined,
  journal: () => undefined,
};

/** One entry a list that could be built; `failure` is why the next one could not. */
export interface Built {
  schemas: BuiltSchema[];
  failure: unknown;
}

/**
 * The schema that each of the lists builds, each continuing the one before, on the empty database that `scratch`
 * opens. What the same server version built before is read from `cacheDirectory`, so that a thousand applied
 * migrations are replayed once.
 */
export async function buildSchemas(
  lists: readonly (readonly Migration[])[],
  options: { cacheDirectory: string; serverVersion: string },
  scratch: <T>(use: (client: pg.Client) => Promise<T>) => Promise<T>,
): Promise<Built> {
  const files = lists.map((_, index) => cacheFile(lists.slice(0, index + 1).flat(), options));
  const cached = await Promise.all(files.map(readCache));
  const hits = cached.filter((entry) => entry !== undefined);
  if (hits.length === lists.length) return { schemas: hits, failure: undefined };
  return scratch(async (client) => {
    const schemas: BuiltSchema[] = [];
    for (const [index, list] of lists.entries()) {
      try {
        await applyInOrder(client, list);
      } catch (error) {
        return { schemas, failure: error instanceof ApplyError ? error.cause : error };
      }
      const entry = { schema: await readSchema(client), foreignKeys: await listForeignKeys(client) };
      await writeCache(files[index] ?? '', entry);
      schemas.push(entry);
    }
    return { schemas, failure: undefined };
  });
}

async function applyInOrder(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  if (migrations.length === 0) return;
  const units = await arrangeMigrations(migrations);
  if (!Array.isArray(units)) throw new Error(`${units.file}:${units.line}: ${units.message}`);
  await applyMigrations(client, migrations, units, NO_HURRY);
}

function cacheFile(
  migrations: readonly Migration[],
  options: { cacheDirectory: string; serverVersion: string },
): string {
  const key = JSON.stringify([
    CACHE_FORMAT,
    options.serverVersion,
    migrations.map(({ name, checksum }) => [name, checksum]),
  ]);
  return join(
    options.cacheDirectory,
    `schema-${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`,
  );
}

/** A cache file that cannot be read is one that is not there. */
async function readCache(file: string): Promise<BuiltSchema | undefined> {
  try {
    return BuiltSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

async function writeCache(file: string, entry: BuiltSchema): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, JSON.stringify(entry));
  await rename(temporary, file);
}
