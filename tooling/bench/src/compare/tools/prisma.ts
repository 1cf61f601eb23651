import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationsDirectory } from '@apms/db';
import { z } from 'zod';
import type { Command, ComparedTool, Place } from '../tool.ts';
import { prismaMigrations } from './prisma-migrations.ts';

const PACKAGE = join(migrationsDirectory, '../..');
const PROGRAM = join(PACKAGE, 'node_modules/.bin/prisma');
const MANIFEST = join(PACKAGE, 'node_modules/prisma/package.json');

const CONFIG = `
import config from ${JSON.stringify(join(PACKAGE, 'prisma.config.ts'))};
export default { ...config, migrations: { path: 'migrations' } };
`;

/** Prisma's own CLI, as this repository has it: its schema engine as WebAssembly, on a session of `pg`. */
export async function prismaTool(): Promise<ComparedTool> {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(MANIFEST, 'utf8')));
  return {
    ...prismaMigrations,
    name: 'Prisma',
    version,
    typed: { deploy: 'prisma migrate deploy', audit: 'prisma migrate status' },
    async write(directory, migrations) {
      await prismaMigrations.write(directory, migrations);
      await writeFile(join(directory, 'prisma.config.ts'), CONFIG);
    },
    deploy: (place) => command(place, ['migrate', 'deploy']),
    audit: (place) => command(place, ['migrate', 'status']),
    help: (place) => command(place, ['migrate', '--help']),
  };
}

function command({ url }: Place, args: readonly string[]): Command {
  return { file: PROGRAM, args, env: { DATABASE_URL: url } };
}
