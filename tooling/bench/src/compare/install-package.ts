import { join } from 'node:path';
import { execa } from 'execa';
import type { Bench } from '../bench.ts';

/**
 * Installs a package into the bench's own directory, without running any of its scripts: what a package would download
 * by them is not had. Returns the path of its program, or why there is none.
 */
export async function installPackage(
  { directory, signal }: Bench,
  name: string,
  version: string,
): Promise<{ program: string } | { missing: string }> {
  const prefix = join(directory, 'packages', name);
  const { exitCode, stderr } = await execa(
    'npm',
    ['install', '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`],
    { cancelSignal: signal, stdin: 'ignore', reject: false },
  );
  signal.throwIfAborted();
  return exitCode === 0
    ? { program: join(prefix, 'node_modules/.bin', name) }
    : { missing: `npm could not install ${name}@${version}: ${stderr?.trim().split('\n').at(0) ?? ''}` };
}
