import { z } from 'zod';
import { AtpCategory } from './approval-policy.ts';
import { PunchlistItemStatus } from './punchlist.ts';
import { BigInteger, Id, Instant, PageInput, pageOf, RequiredText } from './wire.ts';
import { WorkflowStatus } from './workflow.ts';

/** Where a submission stands; COMPLETED and CANCELLED are the ends. */
export const SubmissionStatus = z.enum([
  'DRAFT',
  'QA_REVIEW',
  'IN_REVIEW',
  'APPROVED',
  'APPROVED_WITH_PUNCHLIST',
  'RECTIFICATION',
  'COMPLETED',
  'CANCELLED',
]);
export type SubmissionStatus = z.infer<typeof SubmissionStatus>;

/** What a submitted document is. */
export const DocumentType = z.enum(['ATP_FORM', 'TEST_REPORT', 'PHOTO', 'DRAWING', 'CERTIFICATE', 'OTHER']);
export type DocumentType = z.infer<typeof DocumentType>;

/** What a vendor submits of a site for acceptance. */
export const Submission = z.object({
  id: Id,
  /** Unique in the workspace, `ATP-<year>-<number>`. */
  submissionNumber: z.string(),
  siteId: Id,
  siteCode: z.string(),
  siteName: z.string(),
  scopeCode: z.string(),
  scopeName: z.string(),
  atpCategory: AtpCategory,
  vendorCode: z.string().nullable(),
  vendorName: z.string().nullable(),
  /** Counts from 1; each resubmission after a rejection is one more. */
  revisionNumber: z.int(),
  status: SubmissionStatus,
  /** The workflow of the last review. */
  workflowId: Id.nullable(),
  /** The stage that rejected, at which the next review goes on. */
  resumeStageNumber: z.int().nullable(),
  submittedById: Id,
  submittedByName: z.string(),
  submittedAt: Instant.nullable(),
  completedAt: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Submission = z.infer<typeof Submission>;

/** A document of a submission, with the revision it came with. */
export const SubmissionDocument = z.object({
  documentId: Id,
  documentType: DocumentType,
  revisionNumber: z.int(),
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: BigInteger,
  attachedAt: Instant,
});
export type SubmissionDocument = z.infer<typeof SubmissionDocument>;

/** One step of a submission's life, from its audit events. */
export const SubmissionEvent = z.object({
  /** The action, `submissions.<verb>`. */
  action: z.string(),
  actorId: Id.nullable(),
  actorName: z.string().nullable(),
  /** Statuses before and after; null where the status was not concerned. */
  from: SubmissionStatus.nullable(),
  to: SubmissionStatus.nullable(),
  revisionNumber: z.int().nullable(),
  comment: z.string().nullable(),
  at: Instant,
});
export type SubmissionEvent = z.infer<typeof SubmissionEvent>;

/** A submission with what belongs to it. */
export const SubmissionDetails = Submission.extend({
  documents: z.array(SubmissionDocument),
  /** Every review of it, the present one last. */
  workflows: z.array(
    z.object({
      id: Id,
      status: WorkflowStatus,
      currentStageNumber: z.int(),
      totalStages: z.int(),
      /** The config version that it is frozen to. */
      configVersionId: Id,
      startedAt: Instant,
      completedAt: Instant.nullable(),
    }),
  ),
  /** How many punchlist items of all its reviews are in each state; those of cancelled lists are not counted. */
  punchlistItems: z.record(PunchlistItemStatus, z.int()),
  /** From its creation to now. */
  history: z.array(SubmissionEvent),
});
export type SubmissionDetails = z.infer<typeof SubmissionDetails>;

export const SubmissionRef = z.object({ submissionId: Id });
export type SubmissionRef = z.infer<typeof SubmissionRef>;

export const SubmissionPage = pageOf(Submission);

export const ListSubmissions = PageInput.extend({
  sort: z.enum(['createdAt', 'submittedAt']).default('createdAt'),
  status: SubmissionStatus.optional(),
  siteId: Id.optional(),
  scopeCode: RequiredText.max(200).optional(),
  vendorCode: RequiredText.max(200).optional(),
  /** Only those that the caller created. */
  mine: z.boolean().optional(),
  /** Part of a submission number or site code, whatever the case. */
  search: RequiredText.max(200).optional(),
});
export type ListSubmissions = z.infer<typeof ListSubmissions>;

/** Scope and vendor are named by their codes in the ACTIVE version. */
export const CreateSubmission = z.object({
  siteId: Id,
  scopeCode: RequiredText.max(200),
  atpCategory: AtpCategory,
  vendorCode: RequiredText.max(200).nullable().default(null),
});
export type CreateSubmission = z.infer<typeof CreateSubmission>;

export const AttachDocument = SubmissionRef.extend({ documentId: Id, documentType: DocumentType });
export type AttachDocument = z.infer<typeof AttachDocument>;

export const DetachDocument = SubmissionRef.extend({ documentId: Id });
export type DetachDocument = z.infer<typeof DetachDocument>;

/** Why a submission goes back. */
export const ReturnSubmission = SubmissionRef.extend({ comment: RequiredText });
export type ReturnSubmission = z.infer<typeof ReturnSubmission>;

/** Why a submission ends. */
export const CancelSubmission = SubmissionRef.extend({ comment: RequiredText });
export type CancelSubmission = z.infer<typeof CancelSubmission>;
