import { z } from 'zod';
import { PunchlistItemSeverity } from './punchlist.ts';
import { Id, RequiredText, Text } from './wire.ts';
import { StageDecision, WorkflowStageStatus, WorkflowStatus } from './workflow.ts';

/** Uploaded documents that show what is meant, each once. */
const documentIds = z
  .array(Id)
  .max(20)
  .refine((ids) => new Set(ids).size === ids.length, { error: 'documents must differ' })
  .default([]);

/** A defect that a decision raises; without a code it gets the next free `P-01`, `P-02` … of its list. */
export const RaisedItem = z.object({
  itemCode: RequiredText.max(40).optional(),
  description: RequiredText,
  severity: PunchlistItemSeverity,
  /** Of the defect: photos, for one. */
  documentIds,
});
export type RaisedItem = z.infer<typeof RaisedItem>;

/**
 * APPROVE raises nothing, APPROVE_WITH_PUNCHLIST at least one defect and none that is CRITICAL, REJECT at least one
 * CRITICAL.
 */
export const DecideStage = z.object({
  stageId: Id,
  decision: StageDecision,
  comment: Text.nullable().default(null),
  /** That the decision as a whole rests on. */
  documentIds,
  items: z
    .array(RaisedItem)
    .max(200)
    .refine((items) => new Set(codesOf(items)).size === codesOf(items).length, {
      error: 'item codes must differ',
    })
    .default([]),
});
export type DecideStage = z.infer<typeof DecideStage>;

function codesOf(items: readonly RaisedItem[]): string[] {
  return items.flatMap(({ itemCode }) => itemCode ?? []);
}

/** What became of a stage and its workflow. */
export const StageOutcome = z.object({
  stageId: Id,
  stageStatus: WorkflowStageStatus,
  workflowId: Id,
  workflowStatus: WorkflowStatus,
  currentStageNumber: z.int().positive(),
  /** The stages that await a decision from now on. */
  openedStageIds: z.array(Id),
  /** The list that holds the defects raised. */
  punchlistId: Id.nullable(),
});
export type StageOutcome = z.infer<typeof StageOutcome>;

export const ReassignStage = z.object({ stageId: Id, toUserId: Id, reason: RequiredText });
export type ReassignStage = z.infer<typeof ReassignStage>;

/** Passes over a stage that is not required. */
export const SkipStage = z.object({ stageId: Id, reason: RequiredText });
export type SkipStage = z.infer<typeof SkipStage>;

export const CommentStage = z.object({ stageId: Id, comment: RequiredText });
export type CommentStage = z.infer<typeof CommentStage>;
