export { applyMigration } from './apply-migration.ts';
export { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from './create-test-database.ts';
export type { Template } from './ensure-template.ts';
export { findBrowser } from './find-browser.ts';
export { findServerBinDir } from './find-server-bin-dir.ts';
export { startTemporaryCluster, type TemporaryCluster } from './start-temporary-cluster.ts';
export { temporaryRoot } from './temporary-root.ts';
export type { TestServer } from './test-server.ts';
