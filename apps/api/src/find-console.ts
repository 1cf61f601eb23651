import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EnvError } from './env.ts';

/** Where `pnpm build` puts the console, seen from here. */
const BUILT = join(import.meta.dirname, '../../console/dist');

/**
 * The directory of the built console to serve: the given one, else the checkout's own where it has been built. Null when
 * there is none, or `off` is given. @throws {EnvError} when the given one has no index.html
 */
export function findConsole(given: string | undefined, built = BUILT): string | null {
  if (given === 'off') return null;
  if (given === undefined) return hasIndex(built) ? built : null;
  if (hasIndex(given)) return resolve(given);
  throw new EnvError([
    `CONSOLE_DIR: ${given} has no index.html. Build the console (pnpm build) and name its output, apps/console/dist, or say off to serve none`,
  ]);
}

function hasIndex(directory: string): boolean {
  return existsSync(join(directory, 'index.html'));
}
