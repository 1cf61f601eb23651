import { escapeLiteral } from 'pg';
import { changeableRowId } from '../probe/changeable-row-id.ts';
import type { Probe } from '../probe/probe.ts';
import type { ScopedTable } from './list-scoped-tables.ts';

/** SQL that is true for a probe's row of a table, and for no row where it cannot be told. */
export function isProbeRow({ name, key }: ScopedTable, probe: Probe): string {
  if (key === null) return 'false';
  const value = key === 'workspace_id' ? probe.workspaceId : changeableRowId(probe, name);
  return `${key} = ${escapeLiteral(value)}`;
}
