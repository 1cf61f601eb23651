import { newId, Prisma } from '@apms/db';
import type { CommentStage, Produced, StageAction } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';

/** Adds a remark to a stage's log, whatever its state. @throws {AppError} ENTITY_NOT_FOUND */
export async function commentStage(
  ctx: WorkspaceContext,
  { stageId, comment }: CommentStage,
): Promise<Produced<typeof StageAction>> {
  const { actor, now } = ctx;
  const id = newId();
  return await ctx.db.transaction(async (tx) => {
    const [added] = await Promise.all([
      tx.query<object[]>(Prisma.sql`
        insert into workflow_stage_actions (id, workspace_id, workflow_stage_id, action_type, actor_id, comment, created_at)
        select ${id}, workspace_id, id, 'COMMENTED', ${actor.userId}, ${comment}, ${now}
        from workflow_stages where id = ${stageId}
        returning id`),
      recordAuditEvent(tx, ctx, {
        action: 'workflows.comment',
        entityType: 'workflowStage',
        entityId: stageId,
        details: { actionId: id },
      }),
    ]);
    if (added.length === 0)
      throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'workflowStage', id: stageId });
    const author = { id: actor.userId, name: actor.name };
    return {
      id,
      actionType: 'COMMENTED',
      actor: author,
      comment,
      details: {},
      documents: [],
      createdAt: now,
    };
  });
}
