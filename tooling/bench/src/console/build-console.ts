import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const CONSOLE = fileURLToPath(new URL('../../../../apps/console', import.meta.url));

/** The pages as production serves them. */
export async function buildConsole(): Promise<void> {
  await execa(process.execPath, ['node_modules/vite/bin/vite.js', 'build'], {
    cwd: CONSOLE,
    // Vite would leave compiled code in the directory for temporary files.
    env: { NODE_ENV: 'production', NODE_DISABLE_COMPILE_CACHE: '1' },
  });
}
