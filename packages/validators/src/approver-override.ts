import { z } from 'zod';
import { Id, Instant, PageInput, pageOf, RequiredText, Text } from './wire.ts';
import { PersonName } from './workflow-routing.ts';

/** What an override applies to, the strongest first. */
export const OverrideType = z.enum(['STAGE', 'SUBMISSION', 'CLUSTER', 'REGION']);
export type OverrideType = z.infer<typeof OverrideType>;

/** Only an APPROVED override within its period is in force. */
export const OverrideApprovalStatus = z.enum(['PENDING', 'APPROVED', 'REJECTED', 'REVOKED']);
export type OverrideApprovalStatus = z.infer<typeof OverrideApprovalStatus>;

/** What an override is for; only the one of its type is set. */
const target = {
  stageId: Id.nullable(),
  submissionId: Id.nullable(),
  clusterCode: z.string().nullable(),
  region: z.string().nullable(),
};

export const ApproverOverride = z.object({
  id: Id,
  overrideType: OverrideType,
  ...target,
  /** Of a STAGE its workflow, of a STAGE or SUBMISSION the site; null for the other types. */
  workflowId: Id.nullable(),
  siteCode: z.string().nullable(),
  /** Of a SUBMISSION. */
  submissionNumber: z.string().nullable(),
  /** Only stages of this seat; null for every seat. */
  roleCode: z.string().nullable(),
  /** Only stages of this person; null for whoever has them. */
  fromUser: PersonName.nullable(),
  toUser: PersonName,
  reason: z.string(),
  approvalStatus: OverrideApprovalStatus,
  requestedBy: PersonName,
  /** Who approved or rejected it. */
  approvedBy: PersonName.nullable(),
  approvedAt: Instant.nullable(),
  effectiveFrom: Instant,
  /** Null: until it is revoked. */
  effectiveTo: Instant.nullable(),
  createdAt: Instant,
});
export type ApproverOverride = z.infer<typeof ApproverOverride>;

export const ApproverOverridePage = pageOf(ApproverOverride);

export const OverrideRef = z.object({ overrideId: Id });
export type OverrideRef = z.infer<typeof OverrideRef>;

const moment = z.iso.datetime({ offset: true });

/** Each type names its own target and no other. */
const fieldOfTarget = {
  STAGE: 'stageId',
  SUBMISSION: 'submissionId',
  CLUSTER: 'clusterCode',
  REGION: 'region',
} as const satisfies Record<OverrideType, keyof typeof target>;

export const RequestOverride = z
  .object({
    overrideType: OverrideType,
    stageId: Id.optional(),
    submissionId: Id.optional(),
    clusterCode: RequiredText.optional(),
    region: RequiredText.optional(),
    roleCode: RequiredText.optional(),
    fromUserId: Id.optional(),
    toUserId: Id,
    reason: RequiredText,
    /** At once when absent. */
    effectiveFrom: moment.optional(),
    effectiveTo: moment.optional(),
  })
  .superRefine((override, { addIssue }) => {
    for (const [type, field] of Object.entries(fieldOfTarget)) {
      if ((type === override.overrideType) === (override[field] !== undefined)) continue;
      const message = `an override of type ${override.overrideType} names its ${fieldOfTarget[override.overrideType]} only`;
      addIssue({ code: 'custom', path: [field], message });
    }
    if (override.fromUserId === override.toUserId) {
      addIssue({ code: 'custom', path: ['toUserId'], message: 'is the person to be replaced' });
    }
    const { effectiveFrom, effectiveTo } = override;
    if (effectiveTo !== undefined && Date.parse(effectiveTo) <= Date.parse(effectiveFrom ?? '')) {
      addIssue({ code: 'custom', path: ['effectiveTo'], message: 'is not after effectiveFrom' });
    }
  });
export type RequestOverride = z.infer<typeof RequestOverride>;

/** Overrides, the latest request first. */
export const ListOverrides = PageInput.extend({
  approvalStatus: OverrideApprovalStatus.optional(),
  overrideType: OverrideType.optional(),
  toUserId: Id.optional(),
  fromUserId: Id.optional(),
  /** Whether it is approved and within its period now. */
  inForce: z.boolean().optional(),
});
export type ListOverrides = z.infer<typeof ListOverrides>;

export const JudgeOverride = OverrideRef.extend({ comment: Text.nullable().default(null) });
export type JudgeOverride = z.infer<typeof JudgeOverride>;

/** What approving an override changed at once. */
export const ApprovedOverride = ApproverOverride.extend({ changedStageIds: z.array(Id) });
export type ApprovedOverride = z.infer<typeof ApprovedOverride>;
