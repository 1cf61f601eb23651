import type { Probe } from '../probe/probe.ts';

/** The role that the API connects as. */
export const apiRole = 'apms_api';

/** SQL from which on the check is the API in the probe's workspace; without such a role it stays who it is. */
export function actAsApiSql({ workspaceId }: Probe): string {
  return `
  select case when to_regrole('${apiRole}') is not null then set_config('role', '${apiRole}', true) end,
         set_config('app.workspace_id', '${workspaceId}', true);`;
}
