import { newId, Prisma, type SqlTransaction } from '@apms/db';
import type { RaisedItem } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { codeItems } from './code-items.ts';
import type { LockedStage, LockedWorkflow } from './lock-workflow.ts';

/** The defects of one decision. */
export interface RaisedList {
  readonly workflow: LockedWorkflow;
  readonly stage: LockedStage;
  readonly punchlistId: string;
  readonly items: readonly RaisedItem[];
}

/** Opens a punchlist for the defects that a decision raises. */
export async function raiseItems(
  tx: SqlTransaction,
  { db, now }: WorkspaceContext,
  { workflow, stage, punchlistId: id, items }: RaisedList,
): Promise<void> {
  const { workspaceId, userId } = db.scope;
  await Promise.all([
    tx.query(Prisma.sql`
      insert into punchlists (id, workspace_id, workflow_id, workflow_stage_id, title, created_at, updated_at)
      values (${id}, ${workspaceId}::uuid, ${workflow.id}, ${stage.id},
              ${`Stage ${stage.stageNumber}, ${stage.roleCode}`}, ${now}, ${now})`),
    tx.query(Prisma.sql`
      insert into punchlist_items
        (id, workspace_id, punchlist_id, item_code, description, severity, raised_by_id, created_at, updated_at)
      select id, ${workspaceId}::uuid, ${id}, item_code, description, severity, ${userId}, ${now}, ${now}
      from unnest(${items.map(() => newId())}::text[], ${codeItems(items)}::text[],
                  ${items.map(({ description }) => description)}::text[],
                  ${items.map(({ severity }) => severity)}::text[]) as new (id, item_code, description, severity)`),
  ]);
}
