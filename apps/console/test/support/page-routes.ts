import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const routesDirectory = fileURLToPath(new URL('../../src/routes', import.meta.url));

/** These lead on to another page, and show nothing themselves. */
const LEADING_ON = ['/', '/w/$workspaceCode'];

/** The path of every page of the console, `/w/$workspaceCode/people/$userId`, as its route file says. */
export async function pageRoutes(): Promise<string[]> {
  const paths = new Set<string>();
  for await (const file of glob('**/*.tsx', { cwd: routesDirectory })) {
    const source = await readFile(`${routesDirectory}/${file}`, 'utf8');
    const path = /createFileRoute\('([^']+)'\)/.exec(source)?.[1];
    if (path !== undefined) paths.add(path === '/' ? path : path.replace(/\/$/, ''));
  }
  return [...paths].filter((path) => !LEADING_ON.includes(path)).toSorted();
}
