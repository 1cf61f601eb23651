import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../../bench.ts';
import { installPackage } from '../install-package.ts';
import { type Migration, versionOf } from '../migration.ts';
import type { Command, ComparedTool, MissingTool, Place } from '../tool.ts';

const VERSION = '2.36.0';

/** dbmate, whose package brings its program along. */
export async function dbmateTool(bench: Bench): Promise<ComparedTool | MissingTool> {
  const installed = await installPackage(bench, 'dbmate', VERSION);
  if ('missing' in installed) return { name: 'dbmate', ...installed };
  const command = ({ url }: Place, args: readonly string[]): Command => ({
    file: installed.program,
    args: ['--no-dump-schema', ...args],
    env: { DATABASE_URL: `${url}?sslmode=disable` },
  });
  return {
    name: 'dbmate',
    version: VERSION,
    typed: { deploy: 'dbmate migrate', audit: 'dbmate status', back: 'dbmate rollback' },
    async write(directory, migrations) {
      await rm(join(directory, 'db'), { recursive: true, force: true });
      await mkdir(join(directory, 'db/migrations'), { recursive: true });
      for (const migration of migrations) {
        const { sql, down, alone } = migration;
        const text = `-- migrate:up${alone ? ' transaction:false' : ''}\n${sql}\n\n-- migrate:down\n${down}\n`;
        await writeFile(join(directory, fileOf(migration)), text);
      }
    },
    fileOf,
    deploy: (place) => command(place, ['migrate']),
    audit: (place) => command(place, ['status']),
    back: (place) => command(place, ['rollback']),
    help: (place) => command(place, ['--help']),
    async history(client, migrations) {
      const { rows } = await client.query<{ version: string }>(
        'select version from schema_migrations order by version',
      );
      const known = new Map(migrations.map((migration) => [versionOf(migration), migration.name]));
      return rows.map(({ version }) => ({ name: known.get(version) ?? version, state: 'applied' }));
    },
  };
}

function fileOf(migration: Migration): string {
  return `db/migrations/${versionOf(migration)}_${migration.name}.sql`;
}
