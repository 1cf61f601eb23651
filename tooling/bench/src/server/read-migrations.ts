import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationsDirectory } from '@apms/db';

/** A migration of this repository. */
export interface RepositoryMigration {
  readonly name: string;
  readonly file: string;
  readonly script: Buffer;
}

/** This repository's migrations in their order. */
export async function readMigrations(): Promise<RepositoryMigration[]> {
  const entries = await readdir(migrationsDirectory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.toSorted().map(async (name) => {
      const file = join(migrationsDirectory, name, 'migration.sql');
      return { name, file, script: await readFile(file) };
    }),
  );
}
