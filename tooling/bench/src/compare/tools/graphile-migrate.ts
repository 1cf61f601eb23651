import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../../bench.ts';
import { installPackage } from '../install-package.ts';
import type { Migration } from '../migration.ts';
import type { Command, ComparedTool, MissingTool, Place } from '../tool.ts';

const VERSION = '1.4.1';

/** graphile-migrate; its committed migrations are numbered without gaps and chained by their hashes. */
export async function graphileMigrateTool(bench: Bench): Promise<ComparedTool | MissingTool> {
  const installed = await installPackage(bench, 'graphile-migrate', VERSION);
  if ('missing' in installed) return { name: 'graphile-migrate', ...installed };
  const command = ({ url }: Place, args: readonly string[]): Command => ({
    file: installed.program,
    args,
    env: { DATABASE_URL: url, SHADOW_DATABASE_URL: `${url}_shadow` },
  });
  return {
    name: 'graphile-migrate',
    version: VERSION,
    typed: { deploy: 'graphile-migrate migrate', audit: 'graphile-migrate status' },
    async write(directory, migrations) {
      await rm(join(directory, 'migrations'), { recursive: true, force: true });
      await mkdir(join(directory, 'migrations/committed'), { recursive: true });
      await writeFile(join(directory, 'migrations/current.sql'), '');
      await writeFile(join(directory, '.gmrc'), '{ "placeholders": {} }\n');
      let previous = '';
      for (const migration of migrations) {
        const body = `${migration.alone ? '--! no-transaction\n' : ''}${migration.sql}`;
        const hash = `sha1:${createHash('sha1')
          .update(`${`${previous}\n${body}`.trim()}\n`)
          .digest('hex')}`;
        const text = `--! Previous: ${previous || '-'}\n--! Hash: ${hash}\n\n${body}\n`;
        await writeFile(join(directory, fileOf(migration, migrations)), text);
        previous = hash;
      }
    },
    fileOf,
    deploy: (place) => command(place, ['migrate']),
    audit: (place) => command(place, ['status']),
    help: (place) => command(place, ['--help']),
    async history(client, migrations) {
      const { rows } = await client.query<{ filename: string }>(
        'select filename from graphile_migrate.migrations order by filename',
      );
      return rows.map(({ filename }) => ({
        name: migrations[Number.parseInt(filename, 10) - 1]?.name ?? filename,
        state: 'applied',
      }));
    },
  };
}

function fileOf(migration: Migration, all: readonly Migration[]): string {
  return `migrations/committed/${`${all.indexOf(migration) + 1}`.padStart(6, '0')}.sql`;
}
