import { newId, Prisma, type SqlTransaction } from '@apms/db';
import type { StageActionType } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';

/** An entry of a stage's log. */
export interface NewStageAction {
  readonly stageId: string;
  readonly actionType: StageActionType;
  readonly comment?: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Appends to the logs of stages what the caller did, in order, in one statement. */
export async function appendStageActions(
  tx: SqlTransaction,
  { db, now }: Pick<WorkspaceContext, 'db' | 'now'>,
  actions: readonly NewStageAction[],
): Promise<void> {
  if (actions.length === 0) return;
  await tx.query(Prisma.sql`
    insert into workflow_stage_actions
      (id, workspace_id, workflow_stage_id, action_type, actor_id, comment, details, created_at)
    select id, ${db.scope.workspaceId}::uuid, stage_id, action_type, ${db.scope.userId}, comment, details, ${now}
    from unnest(${actions.map(() => newId())}::text[], ${actions.map(({ stageId }) => stageId)}::text[],
                ${actions.map(({ actionType }) => actionType)}::text[],
                ${actions.map(({ comment }) => comment ?? null)}::text[],
                ${actions.map(({ details }) => JSON.stringify(details ?? {}))}::jsonb[])
      as new (id, stage_id, action_type, comment, details)`);
}
