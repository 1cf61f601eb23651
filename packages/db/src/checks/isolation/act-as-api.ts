import type { ClientBase } from 'pg';
import type { Probe } from '../probe/probe.ts';

/** The role that the API connects as. */
export const apiRole = 'apms_api';

/** From here on this transaction is the API in the probe's workspace; without such a role it stays who it is. */
export async function actAsApi(client: ClientBase, probe: Probe): Promise<void> {
  await client.query(
    `select case when to_regrole($1) is not null then set_config('role', $1, true) end,
            set_config('app.workspace_id', $2, true)`,
    [apiRole, probe.workspaceId],
  );
}
