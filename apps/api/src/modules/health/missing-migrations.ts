import { readdir } from 'node:fs/promises';
import { migrationsDirectory } from '@apms/db';
import type { Pool } from 'pg';

let known: Promise<readonly string[]> | undefined;

/** The migrations of this version, the last one last. */
export async function knownMigrations(): Promise<readonly string[]> {
  known ??= readNames();
  return known;
}

/** The migrations of this version that the database does not have. */
export async function missingMigrations(pool: Pick<Pool, 'query'>): Promise<string[]> {
  const names = await knownMigrations();
  const { rows } = await pool
    .query<{ name: string }>(
      `select migration_name as name from public._prisma_migrations
       where finished_at is not null and rolled_back_at is null`,
    )
    .catch((error: unknown) => {
      if (isUnknownTable(error)) return { rows: [] };
      throw error;
    });
  const applied = new Set(rows.map(({ name }) => name));
  return names.filter((name) => !applied.has(name));
}

/** There is no history before the first migration. */
function isUnknownTable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '42P01';
}

async function readNames(): Promise<readonly string[]> {
  const entries = await readdir(migrationsDirectory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}
