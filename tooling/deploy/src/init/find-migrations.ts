import { glob } from 'node:fs/promises';
import { dirname } from 'node:path';

const NOT_OURS = new Set(['node_modules', 'dist', '.git', '.deploy', '.apms']);

/** The folders of migrations below a directory, from there: Prisma marks each with a file. The nearest come first. */
export async function findMigrations(root: string): Promise<string[]> {
  const found: string[] = [];
  const marks = glob('**/migration_lock.toml', {
    cwd: root,
    exclude: (name) => NOT_OURS.has(name.split('/').at(-1) ?? name),
  });
  for await (const mark of marks) found.push(dirname(mark));
  const depth = (folder: string) => folder.split('/').length;
  return found.toSorted((a, b) => depth(a) - depth(b) || a.localeCompare(b));
}
