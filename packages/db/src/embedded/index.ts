export {
  type AcquireOptions,
  acquireEmbeddedServer,
  stopEmbeddedServer,
} from './acquire-embedded-server.ts';
export { type ClusterOwner, clusterOwner, ownerOfCluster } from './cluster-owner.ts';
export { embeddedBinDir, embeddedMajorVersion } from './embedded-bin-dir.ts';
export type { EmbeddedServer } from './embedded-server.ts';
export {
  EmbeddedServerError,
  type EmbeddedServerErrorCode,
  type EmbeddedServerErrorFacts,
} from './embedded-server-error.ts';
export { giveToClusterOwner } from './give-to-cluster-owner.ts';
export { type InitClusterOptions, initCluster } from './init-cluster.ts';
export { type Postmaster, readPostmaster } from './postmaster.ts';
export { isProcessAlive, processIdentity } from './process-identity.ts';
export { type DataDirectoryReplacement, replaceDataDirectory } from './replace-data-directory.ts';
export { type StartClusterOptions, startCluster } from './start-cluster.ts';
export { type StopMode, stopCluster } from './stop-cluster.ts';
export { withFileLock } from './with-file-lock.ts';
