import { z } from 'zod';

/** Where a running chain stands. */
export const WorkflowStatus = z.enum(['IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'REJECTED', 'CANCELLED']);
export type WorkflowStatus = z.infer<typeof WorkflowStatus>;

/** Where one stage of a chain stands; PENDING is the only one that awaits a decision. */
export const WorkflowStageStatus = z.enum([
  'WAITING',
  'PENDING',
  'APPROVED',
  'APPROVED_WITH_PUNCHLIST',
  'REJECTED',
  'SKIPPED',
  'CANCELLED',
]);
export type WorkflowStageStatus = z.infer<typeof WorkflowStageStatus>;

/** What an approver decides; recorded beside the status that it leads to. */
export const StageDecision = z.enum(['APPROVE', 'APPROVE_WITH_PUNCHLIST', 'REJECT']);
export type StageDecision = z.infer<typeof StageDecision>;

/** What happened to a stage, one entry of its append-only log. */
export const StageActionType = z.enum([
  'OPENED',
  'APPROVED',
  'APPROVED_WITH_PUNCHLIST',
  'REJECTED',
  'SKIPPED',
  'CANCELLED',
  'REASSIGNED',
  'SLA_BREACHED',
  'COMMENTED',
  'RESUMED',
]);
export type StageActionType = z.infer<typeof StageActionType>;
