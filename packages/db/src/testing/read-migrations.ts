import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationsDirectory } from '../migrations-directory.ts';

/** A migration of this repository. */
export interface TestMigration {
  readonly name: string;
  readonly script: Buffer;
}

/** This repository's migrations in their order. */
export async function readMigrations(): Promise<TestMigration[]> {
  const entries = await readdir(migrationsDirectory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return await Promise.all(names.toSorted().map((name) => readMigration(name)));
}

async function readMigration(name: string): Promise<TestMigration> {
  return { name, script: await readFile(join(migrationsDirectory, name, 'migration.sql')) };
}
