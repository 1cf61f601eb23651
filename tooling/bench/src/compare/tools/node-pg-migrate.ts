import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../../bench.ts';
import { installPackage } from '../install-package.ts';
import { type Migration, versionOf } from '../migration.ts';
import type { Command, ComparedTool, MissingTool, Place } from '../tool.ts';

const VERSION = '9.0.0';

/** node-pg-migrate on migrations in SQL; what may not be in a transaction is a module, as it asks for. */
export async function nodePgMigrateTool(bench: Bench): Promise<ComparedTool | MissingTool> {
  const installed = await installPackage(bench, 'node-pg-migrate', VERSION);
  if ('missing' in installed) return { name: 'node-pg-migrate', ...installed };
  const command = ({ url }: Place, args: readonly string[]): Command => ({
    file: installed.program,
    args: [...args, '--no-verbose'],
    env: { DATABASE_URL: url },
  });
  return {
    name: 'node-pg-migrate',
    version: VERSION,
    typed: {
      deploy: 'node-pg-migrate up',
      audit: 'node-pg-migrate up --dry-run',
      back: 'node-pg-migrate down',
    },
    async write(directory, migrations) {
      await rm(join(directory, 'migrations'), { recursive: true, force: true });
      await mkdir(join(directory, 'migrations'));
      for (const migration of migrations) {
        const { sql, down, alone } = migration;
        const text = alone
          ? `export const up = (pgm) => { pgm.noTransaction(); pgm.sql(${JSON.stringify(sql)}); };\nexport const down = (pgm) => { pgm.noTransaction(); pgm.sql(${JSON.stringify(down)}); };\n`
          : `-- Up Migration\n${sql}\n\n-- Down Migration\n${down}\n`;
        await writeFile(join(directory, fileOf(migration)), text);
      }
    },
    fileOf,
    deploy: (place) => command(place, ['up']),
    audit: (place) => command(place, ['up', '--dry-run']),
    back: (place) => command(place, ['down']),
    help: (place) => command(place, ['--help']),
    async history(client, migrations) {
      const { rows } = await client.query<{ name: string }>('select name from pgmigrations order by id');
      const known = new Map(migrations.map((each) => [`${versionOf(each)}_${each.name}`, each.name]));
      return rows.map(({ name }) => ({ name: known.get(name) ?? name, state: 'applied' }));
    },
  };
}

function fileOf(migration: Migration): string {
  return `migrations/${versionOf(migration)}_${migration.name}.${migration.alone ? 'mjs' : 'sql'}`;
}
