import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationsDirectory } from '@apms/db';
import { execa } from 'execa';
import type { Project } from './project.ts';

const PACKAGE = join(migrationsDirectory, '../..');

const CONFIG = `
import config from ${JSON.stringify(join(PACKAGE, 'prisma.config.ts'))};
export default { ...config, migrations: { path: 'migrations' } };
`;

/** Runs Prisma's own CLI with the repository's schema and engine on a project's migrations and the database of `url`. */
export async function prisma(
  project: Project,
  args: string,
  url: string,
): Promise<{ exitCode: number; output: string }> {
  await writeFile(join(project.root, 'prisma.config.ts'), CONFIG);
  const { exitCode = -1, all } = await execa('prisma', args.split(' '), {
    cwd: project.root,
    env: { DATABASE_URL: url, HOME: project.root, NO_COLOR: '1' },
    stdin: 'ignore',
    all: true,
    reject: false,
    preferLocal: true,
    localDir: PACKAGE,
  });
  return { exitCode, output: all };
}
