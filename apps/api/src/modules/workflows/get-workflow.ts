import { Prisma } from '@apms/db';
import type { Produced, Workflow, WorkflowRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { stageJson, stageOrder, stageTables, workflowColumns, workflowTables } from './workflow-columns.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function getWorkflow(
  { db }: WorkspaceContext,
  { workflowId }: WorkflowRef,
): Promise<Produced<typeof Workflow>> {
  const [workflow] = await db.query<Produced<typeof Workflow>[]>(Prisma.sql`
    ${workflowColumns},
      (select jsonb_agg(${stageJson} order by ${stageOrder}) ${stageTables} where s.workflow_id = w.id) as stages
    ${workflowTables}
    where w.id = ${workflowId}`);
  if (workflow === undefined)
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'workflow', id: workflowId });
  return workflow;
}
