import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationsDirectory } from '@apms/db';
import { type Migration, versionOf } from '../migration.ts';
import type { ComparedTool } from '../tool.ts';

const FOLDER = 'migrations';

/** Prisma's folder and history, which two of the tools share: this repository's migrations, and then the scenario's. */
export const prismaMigrations = {
  async write(directory, migrations) {
    const folder = join(directory, FOLDER);
    await rm(folder, { recursive: true, force: true });
    await cp(migrationsDirectory, folder, { recursive: true });
    for (const migration of migrations) {
      await mkdir(join(folder, nameOf(migration)));
      await writeFile(join(folder, nameOf(migration), 'migration.sql'), `${migration.sql}\n`);
    }
  },
  fileOf: (migration) => `${FOLDER}/${nameOf(migration)}/migration.sql`,
  async history(client, migrations) {
    const { rows } = await client.query<{ name: string; finished: boolean }>(`
      select migration_name as name, finished_at is not null as finished from _prisma_migrations
       where rolled_back_at is null order by started_at`);
    const known = new Map(migrations.map((migration) => [nameOf(migration), migration.name]));
    return rows.flatMap(({ name: recorded, finished }) => {
      const name = known.get(recorded);
      return name === undefined ? [] : [{ name, state: finished ? 'applied' : 'unfinished' }];
    });
  },
} satisfies Pick<ComparedTool, 'write' | 'fileOf' | 'history'>;

function nameOf(migration: Migration): string {
  return `${versionOf(migration)}_${migration.name}`;
}
