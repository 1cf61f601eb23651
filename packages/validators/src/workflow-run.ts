import { z } from 'zod';
import { AtpCategory } from './approval-policy.ts';
import { Id, Instant, PageInput, pageOf, RequiredText, Text } from './wire.ts';
import { StageDecision, WorkflowStageStatus, WorkflowStatus } from './workflow.ts';
import { PersonName, RoutingRequest } from './workflow-routing.ts';

/** A stage of a running or ended workflow. */
export const WorkflowStage = z.object({
  id: Id,
  stageNumber: z.int().positive(),
  sequenceOrder: z.int().positive(),
  parallelGroup: z.int().positive().nullable(),
  isRequired: z.boolean(),
  roleCode: z.string(),
  roleName: z.string(),
  approver: PersonName.nullable(),
  status: WorkflowStageStatus,
  decision: StageDecision.nullable(),
  comment: z.string().nullable(),
  slaHours: z.int().positive(),
  openedAt: Instant.nullable(),
  /** Null before the stage opens, and while its workflow is on hold: the clock stands still. */
  slaDueAt: Instant.nullable(),
  slaBreachedAt: Instant.nullable(),
  decidedAt: Instant.nullable(),
});
export type WorkflowStage = z.infer<typeof WorkflowStage>;

export const StageRef = z.object({ stageId: Id });
export type StageRef = z.infer<typeof StageRef>;

/** A stage with the workflow that it is part of. */
export const StageOfWorkflow = WorkflowStage.extend({ workflowId: Id });
export type StageOfWorkflow = z.infer<typeof StageOfWorkflow>;

export const WorkflowSummary = z.object({
  id: Id,
  status: WorkflowStatus,
  site: z.object({ id: Id, siteCode: z.string(), name: z.string() }),
  scopeCode: z.string(),
  vendorCode: z.string().nullable(),
  atpCategory: AtpCategory,
  /** The version it was started from and keeps. */
  configVersion: z.object({ id: Id, versionNumber: z.int().positive() }),
  policyCode: z.string(),
  /** The submission it decides; null when it was started without one. */
  submissionId: Id.nullable(),
  currentStageNumber: z.int().positive(),
  /** The highest stage number. */
  totalStages: z.int().positive(),
  startedAt: Instant,
  completedAt: Instant.nullable(),
});
export type WorkflowSummary = z.infer<typeof WorkflowSummary>;

export const Workflow = WorkflowSummary.extend({ stages: z.array(WorkflowStage) });
export type Workflow = z.infer<typeof Workflow>;

export const WorkflowPage = pageOf(WorkflowSummary);

export const WorkflowRef = z.object({ workflowId: Id });
export type WorkflowRef = z.infer<typeof WorkflowRef>;

export const StartWorkflow = RoutingRequest;
export type StartWorkflow = z.infer<typeof StartWorkflow>;

/** Workflows, the latest first. */
export const ListWorkflows = PageInput.extend({
  status: WorkflowStatus.optional(),
  siteId: Id.optional(),
  scopeCode: RequiredText.optional(),
  vendorCode: RequiredText.optional(),
  configVersionId: Id.optional(),
  /** Somebody who decides, or decided, one of the stages. */
  approverId: Id.optional(),
  /** Whether a stage was not decided in time. */
  breached: z.boolean().optional(),
});
export type ListWorkflows = z.infer<typeof ListWorkflows>;

/** A change of a whole workflow by its manager, and why. */
export const ManageWorkflow = WorkflowRef.extend({ reason: RequiredText });
export type ManageWorkflow = z.infer<typeof ManageWorkflow>;

export const ResumeWorkflow = WorkflowRef.extend({ comment: Text.nullable().default(null) });
export type ResumeWorkflow = z.infer<typeof ResumeWorkflow>;

/** Where a workflow stands after it was managed. */
export const WorkflowState = z.object({
  workflowId: Id,
  status: WorkflowStatus,
  currentStageNumber: z.int().positive(),
});
export type WorkflowState = z.infer<typeof WorkflowState>;
