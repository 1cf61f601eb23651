import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, DatabaseError, escapeLiteral } from 'pg';
import type { ClusterHome } from './cluster-home.ts';
import { ownerOfCluster } from './cluster-owner.ts';
import { embeddedBinDir } from './embedded-bin-dir.ts';
import { EmbeddedServerError } from './embedded-server-error.ts';
import { clusterUser } from './init-cluster.ts';
import { runAsOwner } from './run-as-owner.ts';
import { ensureRunning, ensureStopped } from './server-process.ts';

const invalidPassword = '28P01';

/**
 * Makes the password of a home's running server the one that the home has on file: a data directory that
 * came from a backup may hold an older one, and the file may be lost. The caller holds the home's lock.
 */
export async function ensurePassword(home: ClusterHome, port: number): Promise<void> {
  const isOnFile = existsSync(home.passwordFile);
  if (isOnFile && (await isAccepted(readFileSync(home.passwordFile, 'utf8'), port))) return;
  const password = isOnFile ? readFileSync(home.passwordFile, 'utf8') : await writeNewPassword(home);
  await ensureStopped(home);
  await setPassword(home.dataDir, password);
  await ensureRunning(home, port);
}

/** A random password in a file that only we can read, whole or not at all. */
export async function writeNewPassword(home: ClusterHome): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  await writeFile(`${home.passwordFile}.new`, password, { mode: 0o600, flush: true });
  await rename(`${home.passwordFile}.new`, home.passwordFile);
  return password;
}

async function isAccepted(password: string, port: number): Promise<boolean> {
  const client = new Client({ host: '127.0.0.1', port, user: clusterUser, password, database: 'template1' });
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (error instanceof DatabaseError) return error.code !== invalidPassword;
    throw error;
  } finally {
    await client.end();
  }
}

/** A stopped cluster takes the statement from standard input, without asking who we are. */
async function setPassword(dataDir: string, password: string): Promise<void> {
  const { succeeded, output } = await runAsOwner(
    join(await embeddedBinDir(), 'postgres'),
    ['--single', '-D', dataDir, 'template1'],
    ownerOfCluster(dataDir),
    `alter role ${clusterUser} password ${escapeLiteral(password)}\n`,
  );
  if (succeeded) return;
  const sentence = `The password of the cluster ${dataDir} could not be set.`;
  throw new EmbeddedServerError(sentence, { code: 'START_FAILED', path: dataDir, output });
}
