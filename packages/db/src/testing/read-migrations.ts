import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** A migration of this repository. */
export interface TestMigration {
  readonly name: string;
  readonly script: Buffer;
}

const directory = resolve(import.meta.dirname, '../../prisma/migrations');

/** This repository's migrations in their order. */
export async function readMigrations(): Promise<TestMigration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const read = async (name: string) => ({
    name,
    script: await readFile(join(directory, name, 'migration.sql')),
  });
  return await Promise.all(names.toSorted().map(read));
}
