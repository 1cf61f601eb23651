import { findServerBinDir } from './find-server-bin-dir.ts';

/** Whether the project `server` has a PostgreSQL to run on. */
export function hasServer(): boolean {
  return process.env['TEST_DATABASE_URL'] !== undefined || findServerBinDir() !== undefined;
}
