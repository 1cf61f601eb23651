import { z } from 'zod';
import { Id, Instant, PageInput, pageOf, RequiredText } from './wire.ts';

/** Where a list of defects stands. */
export const PunchlistStatus = z.enum(['OPEN', 'CLOSED', 'CANCELLED']);
export type PunchlistStatus = z.infer<typeof PunchlistStatus>;

/** Where a defect stands; everything after OPEN has an evidence document. */
export const PunchlistItemStatus = z.enum(['OPEN', 'RECTIFIED', 'QA_VALIDATED', 'CLOSED']);
export type PunchlistItemStatus = z.infer<typeof PunchlistItemStatus>;

/** A CRITICAL defect rejects the stage; the others let it pass with a punchlist. */
export const PunchlistItemSeverity = z.enum(['CRITICAL', 'MAJOR', 'MINOR']);
export type PunchlistItemSeverity = z.infer<typeof PunchlistItemSeverity>;

/** A defect that a decision raised. */
export const PunchlistItem = z.object({
  id: Id,
  punchlistId: Id,
  /** Unique in its list. */
  itemCode: z.string(),
  description: z.string(),
  severity: PunchlistItemSeverity,
  status: PunchlistItemStatus,
  /** The document that shows it mended. */
  evidenceDocumentId: Id.nullable(),
  evidenceDocumentName: z.string().nullable(),
  /** The approver who raised it, and the only one who may close it. */
  raisedById: Id,
  raisedByName: z.string(),
  /** What was said when it last changed. */
  comment: z.string().nullable(),
  rectifiedAt: Instant.nullable(),
  validatedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type PunchlistItem = z.infer<typeof PunchlistItem>;

/** The defects that one decision raised. */
export const Punchlist = z.object({
  id: Id,
  workflowId: Id,
  workflowStageId: Id,
  stageNumber: z.int(),
  roleCode: z.string(),
  /** The submission under review; null for a workflow that was started without one. */
  submissionId: Id.nullable(),
  submissionNumber: z.string().nullable(),
  siteId: Id,
  siteCode: z.string(),
  title: z.string(),
  status: PunchlistStatus,
  itemCount: z.int(),
  closedItemCount: z.int(),
  closedAt: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Punchlist = z.infer<typeof Punchlist>;

export const PunchlistDetails = Punchlist.extend({ items: z.array(PunchlistItem) });
export type PunchlistDetails = z.infer<typeof PunchlistDetails>;

export const PunchlistRef = z.object({ punchlistId: Id });
export type PunchlistRef = z.infer<typeof PunchlistRef>;

export const PunchlistPage = pageOf(Punchlist);

export const ListPunchlists = PageInput.extend({
  sort: z.enum(['createdAt']).default('createdAt'),
  status: PunchlistStatus.optional(),
  /** Lists with an item of this severity. */
  severity: PunchlistItemSeverity.optional(),
  /** Lists with an item in this state. */
  itemStatus: PunchlistItemStatus.optional(),
  workflowId: Id.optional(),
  /** Lists of all reviews of the submission. */
  submissionId: Id.optional(),
  /** Only lists with an item that the caller raised. */
  mine: z.boolean().optional(),
});
export type ListPunchlists = z.infer<typeof ListPunchlists>;

/** An item with where it is. */
export const ListedPunchlistItem = PunchlistItem.extend({
  workflowId: Id,
  siteCode: z.string(),
  submissionId: Id.nullable(),
  submissionNumber: z.string().nullable(),
});
export type ListedPunchlistItem = z.infer<typeof ListedPunchlistItem>;

export const PunchlistItemPage = pageOf(ListedPunchlistItem);

/** Items in one state, or of one workflow or submission: one of these is given. */
export const ListPunchlistItems = PageInput.extend({
  sort: z.enum(['createdAt']).default('createdAt'),
  status: PunchlistItemStatus.optional(),
  severity: PunchlistItemSeverity.optional(),
  workflowId: Id.optional(),
  submissionId: Id.optional(),
  /** Only items that the caller raised. */
  mine: z.boolean().optional(),
}).refine(
  ({ status, workflowId, submissionId }) =>
    [status, workflowId, submissionId].some((given) => given !== undefined),
  { error: 'status, workflowId or submissionId is needed', path: ['status'] },
);
export type ListPunchlistItems = z.infer<typeof ListPunchlistItems>;

export const PunchlistItemRef = z.object({ itemId: Id });
export type PunchlistItemRef = z.infer<typeof PunchlistItemRef>;

const comment = RequiredText.nullable().default(null);

/** Without evidence it is refused with EVIDENCE_REQUIRED. */
export const RectifyItem = PunchlistItemRef.extend({
  evidenceDocumentId: Id.nullable().default(null),
  comment,
});
export type RectifyItem = z.infer<typeof RectifyItem>;

export const ValidateItem = PunchlistItemRef.extend({ comment });
export type ValidateItem = z.infer<typeof ValidateItem>;

export const CloseItem = PunchlistItemRef.extend({ comment });
export type CloseItem = z.infer<typeof CloseItem>;

/** Why the item is not mended yet. */
export const ReopenItem = PunchlistItemRef.extend({ comment: RequiredText });
export type ReopenItem = z.infer<typeof ReopenItem>;
