import { z } from 'zod';
import { OverrideApprovalStatus, OverrideType } from './approver-override.ts';
import { ConfigVersionStatus } from './config-version.ts';
import { PunchlistItemSeverity, PunchlistItemStatus, PunchlistStatus } from './punchlist.ts';
import { Id, Instant, PageInput, pageOf, RequiredText } from './wire.ts';
import { StageActionType, WorkflowStageStatus } from './workflow.ts';
import { PersonName, PolicyMatch } from './workflow-routing.ts';
import { WorkflowStage, WorkflowSummary } from './workflow-run.ts';

/** A document that a decision came with. */
export const DecisionDocument = z.object({
  documentId: Id,
  name: z.string(),
  mediaType: z.string(),
  /** The defect that it shows; null when it belongs to the decision as a whole. */
  itemCode: z.string().nullable(),
});
export type DecisionDocument = z.infer<typeof DecisionDocument>;

/** An entry of a stage's log. */
export const StageAction = z.object({
  id: Id,
  actionType: StageActionType,
  /** Null for what the system did. */
  actor: PersonName.nullable(),
  comment: z.string().nullable(),
  /** A REASSIGNED one names `fromUserId`, `toUserId` and, when one did it, `overrideId`. */
  details: z.record(z.string(), z.unknown()),
  /** What a decision came with, in the order of its items. */
  documents: z.array(DecisionDocument),
  createdAt: Instant,
});
export type StageAction = z.infer<typeof StageAction>;

/** A punchlist that a decision raised, as it stands now. */
export const RaisedPunchlist = z.object({
  id: Id,
  status: PunchlistStatus,
  title: z.string(),
  items: z.array(
    z.object({
      id: Id,
      itemCode: z.string(),
      description: z.string(),
      severity: PunchlistItemSeverity,
      status: PunchlistItemStatus,
    }),
  ),
});
export type RaisedPunchlist = z.infer<typeof RaisedPunchlist>;

/** An override that was asked for a stage or changed it. */
export const StageOverride = z.object({
  id: Id,
  overrideType: OverrideType,
  approvalStatus: OverrideApprovalStatus,
  fromUser: PersonName.nullable(),
  toUser: PersonName,
  reason: z.string(),
  requestedBy: PersonName,
  approvedBy: PersonName.nullable(),
  approvedAt: Instant.nullable(),
});
export type StageOverride = z.infer<typeof StageOverride>;

/** Under which configuration, and by whom, each stage was decided. */
export const WorkflowTimeline = WorkflowSummary.extend({
  configVersion: z.object({
    id: Id,
    versionNumber: z.int().positive(),
    /** Where the version stands now. */
    status: ConfigVersionStatus,
    sourceFileName: z.string(),
    sourceChecksum: z.string(),
    importedBy: PersonName,
    importedAt: Instant,
  }),
  /** How the policy was found; null for a workflow that kept no such note. */
  matchedBy: PolicyMatch.nullable(),
  stages: z.array(
    WorkflowStage.extend({
      actions: z.array(StageAction),
      punchlists: z.array(RaisedPunchlist),
      overrides: z.array(StageOverride),
    }),
  ),
});
export type WorkflowTimeline = z.infer<typeof WorkflowTimeline>;

/** A stage that awaits the caller. */
export const InboxTask = z.object({
  stageId: Id,
  workflowId: Id,
  stageNumber: z.int().positive(),
  roleCode: z.string(),
  scopeCode: z.string(),
  atpCategory: WorkflowSummary.shape.atpCategory,
  siteId: Id,
  siteCode: z.string(),
  siteName: z.string(),
  vendorCode: z.string().nullable(),
  /** The highest stage number of the workflow. */
  totalStages: z.int().positive(),
  /** What is decided on, in its revision: above 1 somebody has rejected it before. Null for a workflow without one. */
  submission: z
    .object({ id: Id, submissionNumber: z.string(), revisionNumber: z.int().positive() })
    .nullable(),
  /** The other stages of its parallel group, who all have to decide as well. */
  parallelWith: z.array(
    z.object({ roleCode: z.string(), approver: PersonName.nullable(), status: WorkflowStageStatus }),
  ),
  openedAt: Instant,
  slaDueAt: Instant,
  slaBreachedAt: Instant.nullable(),
});
export type InboxTask = z.infer<typeof InboxTask>;

export const InboxPage = pageOf(InboxTask);

/** The caller's pending stages, the most urgent first; those of workflows on hold are not among them. */
export const ListInbox = PageInput.omit({ direction: true }).extend({
  scopeCode: RequiredText.optional(),
  roleCode: RequiredText.optional(),
  siteId: Id.optional(),
  /** Part of the code or name of the site, whatever the case. */
  search: RequiredText.max(200).optional(),
  /** Whether the time for the decision was over when it was last looked at. */
  breached: z.boolean().optional(),
});
export type ListInbox = z.infer<typeof ListInbox>;

/** Of which scopes and seats the stages are that await the caller, each once. */
export const InboxCodes = z.object({ scopeCodes: z.array(z.string()), roleCodes: z.array(z.string()) });
export type InboxCodes = z.infer<typeof InboxCodes>;

/** What the caller decided last; null for somebody who never did. */
export const LastDecision = z.object({
  decision: z
    .object({
      actionType: StageActionType.extract(['APPROVED', 'APPROVED_WITH_PUNCHLIST', 'REJECTED']),
      decidedAt: Instant,
      stageId: Id,
      workflowId: Id,
      scopeCode: z.string(),
      siteCode: z.string(),
    })
    .nullable(),
});
export type LastDecision = z.infer<typeof LastDecision>;

/** Says that the caller's inbox has to be read anew, at the start and whenever it may be different. */
export const InboxChange = z.object({ reason: z.enum(['SUBSCRIBED', 'CHANGED', 'RESYNC']) });
export type InboxChange = z.infer<typeof InboxChange>;
