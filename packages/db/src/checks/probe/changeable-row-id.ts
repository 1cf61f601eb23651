import { configRowTables, versionRowId } from './config-version.ts';
import type { Probe } from './probe.ts';

/**
 * Id of a probe's row of a table that nothing but isolation protects from change: configuration comes from the
 * probe's second version, a DRAFT.
 */
export function changeableRowId(probe: Probe, table: string): string {
  if (table === 'workspaces') return probe.workspaceId;
  return versionRowId({ probe, number: configTables.includes(table) ? 2 : 1 }, table);
}

/** The same as an SQL expression, of an expression for the table's name. */
export function changeableRowIdSql(probe: Probe, table: string): string {
  return `case when ${table} = 'workspaces' then '${probe.workspaceId}'
              when ${table} = any('{${configTables.join(',')}}') then '${versionRowId({ probe, number: 2 }, '')}' || ${table}
              else '${versionRowId({ probe, number: 1 }, '')}' || ${table} end`;
}

const configTables: readonly string[] = [...Object.keys(configRowTables), 'config_versions'];
