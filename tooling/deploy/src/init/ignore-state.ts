import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Backups, journals and embedded servers are nobody's to commit. */
const IGNORED = ['.deploy/', '.apms/'];

/** Adds to a directory's .gitignore what is missing there, and returns it. */
export async function ignoreState(root: string): Promise<string[]> {
  const file = join(root, '.gitignore');
  const text = await readFile(file, 'utf8').catch(() => '');
  const present = new Set(
    text.split('\n').map((line) => line.trim().replace(/^\//, '').replace(/\/?$/, '/')),
  );
  const missing = IGNORED.filter((line) => !present.has(line));
  if (missing.length === 0) return [];
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  await writeFile(file, `${text}${separator}${missing.join('\n')}\n`);
  return missing;
}
