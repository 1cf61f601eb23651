import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** vitest's global set-up of the project `console`: the pages as production serves them, built once for the run. */
export default async function buildConsole(): Promise<void> {
  await build({ root: fileURLToPath(new URL('../..', import.meta.url)), logLevel: 'warn' });
}
