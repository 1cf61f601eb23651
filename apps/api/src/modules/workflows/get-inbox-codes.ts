import { Prisma } from '@apms/db';
import type { InboxCodes } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { awaitingCaller } from './inbox-rows.ts';

/** One look at what awaits the caller, however much it is. */
export async function getInboxCodes(ctx: WorkspaceContext): Promise<InboxCodes> {
  const [codes] = await ctx.db.query<InboxCodes[]>(Prisma.sql`
    with pairs as (
      select distinct s.role_id, w.scope_id
      from workflow_stages s
      join workflow_instances w on w.id = s.workflow_id and w.workspace_id = s.workspace_id
      where ${Prisma.join(awaitingCaller(ctx), ' and ')}
    )
    select coalesce(array_agg(distinct sc.scope_code order by sc.scope_code), '{}') as "scopeCodes",
           coalesce(array_agg(distinct r.role_code order by r.role_code), '{}') as "roleCodes"
    from pairs
    join approval_role_master r on r.id = pairs.role_id
    join atp_scope_master sc on sc.id = pairs.scope_id`);
  return codes ?? { scopeCodes: [], roleCodes: [] };
}
