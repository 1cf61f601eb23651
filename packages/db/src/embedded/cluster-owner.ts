import { readFileSync, statSync } from 'node:fs';
import { EmbeddedServerError } from './embedded-server-error.ts';

/** The operating system user that a cluster's files and processes belong to. */
export interface ClusterOwner {
  readonly uid: number;
  readonly gid: number;
}

const candidates = ['postgres', 'nobody'];

/**
 * The unprivileged user that new clusters get when we are root, whom PostgreSQL refuses to serve;
 * undefined when we are not root and clusters simply are ours.
 * @throws {OWNER_MISSING} when root has no such user to lend
 */
export function clusterOwner(): ClusterOwner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = new Map(
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name = '', , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]),
  );
  for (const name of candidates) {
    const user = users.get(name);
    if (user !== undefined) return user;
  }
  throw new EmbeddedServerError(
    `PostgreSQL does not run as root, and this machine has none of the users ${candidates.join(', ')} to run it as.`,
    { code: 'OWNER_MISSING' },
  );
}

/** The user that an existing cluster runs as: as root whoever owns its directory, else ourselves (undefined). */
export function ownerOfCluster(dataDir: string): ClusterOwner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const { uid, gid } = statSync(dataDir);
  return uid === 0 ? clusterOwner() : { uid, gid };
}
