import { join } from 'node:path';

/** The paths of everything that belongs to one named embedded server. */
export interface ClusterHome {
  readonly directory: string;
  readonly dataDir: string;
  readonly logFile: string;
  readonly passwordFile: string;
  readonly lockFile: string;
  readonly leases: string;
  /** Exists while the server is to stay up without users. */
  readonly persistentMark: string;
  /** Holds the pid of a server that was told to stop. */
  readonly stopMark: string;
  /** Describes a replacement of the data directory that is under way. */
  readonly replacementMark: string;
}

/** The layout of an embedded server's directory. */
export function clusterHomeAt(directory: string): ClusterHome {
  return {
    directory,
    dataDir: join(directory, 'data'),
    logFile: join(directory, 'server.log'),
    passwordFile: join(directory, 'password'),
    lockFile: join(directory, 'lock'),
    leases: join(directory, 'leases'),
    persistentMark: join(directory, 'persistent'),
    stopMark: join(directory, 'stopping'),
    replacementMark: join(directory, 'replacement.json'),
  };
}
