import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationsDirectory } from '@apms/db';
import { deployProgram } from '../../deploy-program.ts';
import type { Command, ComparedTool, Place } from '../tool.ts';
import { prismaMigrations } from './prisma-migrations.ts';

const DOCUMENTATION = join(migrationsDirectory, '../../../../docs');

/** The application's own look at the new schema: it fails when a scenario wants it to. */
const SMOKE = "process.exit(require('node:fs').existsSync('smoke-fails') ? 1 : 0)";

/** The deploy tool of this repository. */
export const deployTool: ComparedTool = {
  ...prismaMigrations,
  name: 'deploy',
  version: 'this repository',
  typed: { deploy: 'deploy run', audit: 'deploy plan', back: 'deploy rollback' },
  async write(directory, migrations) {
    await prismaMigrations.write(directory, migrations);
    const smoke = [{ command: [process.execPath, '--input-type=commonjs', '-e', SMOKE] }];
    const config = {
      migrations: 'migrations',
      documentation: DOCUMENTATION,
      targets: { bench: { urlVariable: 'BENCH_DATABASE_URL', hooks: { smoke } } },
    };
    await writeFile(join(directory, 'package.json'), '{ "type": "module" }\n');
    await writeFile(join(directory, 'deploy.config.ts'), `export default ${JSON.stringify(config)};\n`);
  },
  deploy: (place) => command(place, ['run', '--yes']),
  audit: (place) => command(place, ['plan']),
  back: (place) => command(place, ['rollback', '--yes']),
  backup: {
    verify: (place) => command(place, ['backup', 'verify']),
    restore: (place, database) => command(place, ['backup', 'restore', '--as', database]),
  },
  help: (place) => command(place, ['--help']),
};

function command({ url }: Place, args: readonly string[]): Command {
  return {
    file: deployProgram,
    args: [...args, '--env', 'bench'],
    env: { BENCH_DATABASE_URL: url },
  };
}
