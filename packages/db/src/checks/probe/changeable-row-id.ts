import { configRowTables, versionRowId } from './config-version.ts';
import type { Probe } from './probe.ts';

/**
 * Id of a probe's row of a table that nothing but isolation protects from change: configuration comes from the
 * probe's second version, a DRAFT.
 */
export function changeableRowId(probe: Probe, table: string): string {
  if (table === 'workspaces') return probe.workspaceId;
  const isConfig = Object.hasOwn(configRowTables, table) || table === 'config_versions';
  return versionRowId({ probe, number: isConfig ? 2 : 1 }, table);
}
