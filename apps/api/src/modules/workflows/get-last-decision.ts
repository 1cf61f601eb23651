import { Prisma } from '@apms/db';
import type { LastDecision, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';

/** By the logs of stages: a decision stays the caller's own whatever becomes of its workflow. */
export async function getLastDecision({
  db,
  actor,
}: WorkspaceContext): Promise<Produced<typeof LastDecision>> {
  const [decision = null] = await db.query<
    NonNullable<Produced<typeof LastDecision>['decision']>[]
  >(Prisma.sql`
    select a.action_type as "actionType", a.created_at as "decidedAt", s.id as "stageId", s.workflow_id as "workflowId",
           sc.scope_code as "scopeCode", si.site_code as "siteCode"
    from (
      select action_type, created_at, workflow_stage_id from workflow_stage_actions
      where workspace_id = ${db.scope.workspaceId}::uuid and actor_id = ${actor.userId}
        and action_type in ('APPROVED', 'APPROVED_WITH_PUNCHLIST', 'REJECTED')
      order by created_at desc, id desc
      limit 1
    ) a
    join workflow_stages s on s.id = a.workflow_stage_id
    join workflow_instances w on w.id = s.workflow_id
    join atp_scope_master sc on sc.id = w.scope_id
    join sites si on si.id = w.site_id`);
  return { decision };
}
