import { join } from 'node:path';
import { execa } from 'execa';

/** Applies the pending migrations with Prisma's CLI. For development: what matters is deployed with the deploy tool. */
export async function deployMigrations(url: string): Promise<void> {
  const directory = join(import.meta.dirname, '..');
  await execa('prisma', ['migrate', 'deploy'], {
    cwd: directory,
    preferLocal: true,
    localDir: directory,
    env: { DATABASE_URL: url },
    stdio: 'inherit',
  });
}
