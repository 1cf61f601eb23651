import { Prisma } from '@apms/db';
import type { Produced, StageOfWorkflow, StageRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { stageJson, stageTables } from './workflow-columns.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function getStage(
  { db }: WorkspaceContext,
  { stageId }: StageRef,
): Promise<Produced<typeof StageOfWorkflow>> {
  const [found] = await db.query<{ stage: Produced<typeof StageOfWorkflow> }[]>(Prisma.sql`
    select ${stageJson} || jsonb_build_object('workflowId', s.workflow_id) as stage
    ${stageTables}
    where s.id = ${stageId}`);
  if (found === undefined)
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'workflowStage', id: stageId });
  return found.stage;
}
