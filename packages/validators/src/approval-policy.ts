import { z } from 'zod';
import { AssignmentRule } from './assignment-rule.ts';
import { Code, Id, Instant, PageInput, pageOf, RequiredText } from './wire.ts';

/** Family that a scope belongs to. */
export const ScopeGroup = z.enum(['MICROWAVE', 'RAN', 'CME', 'PLN', 'OTHER']);
export type ScopeGroup = z.infer<typeof ScopeGroup>;

/** What an acceptance test covers; also the category by which a policy is chosen. */
export const AtpCategory = z.enum(['HARDWARE', 'SOFTWARE', 'BOTH']);
export type AtpCategory = z.infer<typeof AtpCategory>;

/** Phase of the chain that a seat belongs to. */
export const StageGroup = z.enum(['REVIEW', 'VALIDATION', 'SIGN', 'FINAL']);
export type StageGroup = z.infer<typeof StageGroup>;

/** How the person in a stage's seat is found when a workflow is created. */
export const AssignmentMode = z.enum(['CLUSTER', 'STATIC_USER', 'RULE', 'AUTO']);
export type AssignmentMode = z.infer<typeof AssignmentMode>;

/** What a vendor delivers. */
export const VendorType = z.enum(['EQUIPMENT', 'IMPLEMENTATION', 'SUBCONTRACTOR', 'OTHER']);
export type VendorType = z.infer<typeof VendorType>;

const position = z.int32().positive();

/** One stage of a chain as it is stored. */
export const ApprovalPolicyStage = z.object({
  id: Id,
  stageNumber: position,
  /** The order of stages within the whole chain. */
  sequenceOrder: position,
  /** Null unless several stages have the number. */
  parallelGroup: position.nullable(),
  roleId: Id,
  roleCode: z.string(),
  roleName: z.string(),
  isRequired: z.boolean(),
  slaHours: position,
  assignmentMode: AssignmentMode,
  staticUserId: Id.nullable(),
  staticUserName: z.string().nullable(),
  /** An imported one is shown as it is, even if it cannot be evaluated. */
  assignmentRule: z.json().nullable(),
});
export type ApprovalPolicyStage = z.infer<typeof ApprovalPolicyStage>;

const fields = {
  policyCode: Code,
  policyName: RequiredText.max(200),
  scopeId: Id,
  /** Null is any vendor. */
  vendorId: Id.nullable(),
  atpCategory: AtpCategory,
  /** Of several that fit equally well, the one with the lowest number applies. */
  fallbackPriority: position,
  parentPolicyId: Id.nullable(),
  isActive: z.boolean(),
};

/** Which chain applies to (scope, vendor or any, category) in a config version. */
export const ApprovalPolicy = z.object({
  id: Id,
  configVersionId: Id,
  ...fields,
  policyCode: z.string(),
  policyName: z.string(),
  scopeCode: z.string(),
  vendorCode: z.string().nullable(),
  parentPolicyCode: z.string().nullable(),
  /** In the order in which they decide. */
  stages: z.array(ApprovalPolicyStage),
  createdAt: Instant,
});
export type ApprovalPolicy = z.infer<typeof ApprovalPolicy>;

export const ApprovalPolicyRef = z.object({ approvalPolicyId: Id });
export type ApprovalPolicyRef = z.infer<typeof ApprovalPolicyRef>;

export const ApprovalPolicyPage = pageOf(ApprovalPolicy);

export const ListApprovalPolicies = PageInput.extend({
  configVersionId: Id,
  sort: z.enum(['policyCode', 'fallbackPriority']).default('policyCode'),
  /** Part of a code or name, whatever the case. */
  search: RequiredText.max(200).optional(),
  scopeId: Id.optional(),
  scopeCode: RequiredText.optional(),
  vendorCode: RequiredText.optional(),
  atpCategory: AtpCategory.optional(),
  /** Policies with a stage in this seat. */
  roleCode: RequiredText.optional(),
  isActive: z.boolean().optional(),
});
export type ListApprovalPolicies = z.infer<typeof ListApprovalPolicies>;

/** A stage as it is wanted; its place in the list is its order. */
export const ApprovalPolicyStageInput = z
  .object({
    /** Stages of the same number are open together, and all of them decide. */
    stageNumber: z.int().min(1).max(100),
    roleId: Id,
    isRequired: z.boolean().default(true),
    /** When left out, what the workspace's settings say. */
    slaHours: z.int().min(1).max(8_760).optional(),
    assignmentMode: AssignmentMode.default('CLUSTER'),
    staticUserId: Id.nullable().default(null),
    assignmentRule: AssignmentRule.nullable().default(null),
  })
  .refine(
    ({ assignmentMode, staticUserId }) => (assignmentMode === 'STATIC_USER') === (staticUserId !== null),
    {
      error: 'comes with STATIC_USER, and with nothing else',
      path: ['staticUserId'],
    },
  )
  .refine(({ assignmentMode, assignmentRule }) => (assignmentMode === 'RULE') === (assignmentRule !== null), {
    error: 'comes with RULE, and with nothing else',
    path: ['assignmentRule'],
  });
export type ApprovalPolicyStageInput = z.infer<typeof ApprovalPolicyStageInput>;

/** A whole chain: numbered from 1 without a gap, no seat twice at one number. */
export const ApprovalChain = z
  .array(ApprovalPolicyStageInput)
  .min(1)
  .max(50)
  .superRefine((stages, ctx) => {
    stages.forEach(({ stageNumber, roleId }, index) => {
      const before = stages[index - 1]?.stageNumber ?? 0;
      if (stageNumber !== before + 1 && (stageNumber !== before || before === 0)) {
        const message = 'must be the number of the stage before or the next one; the first is 1';
        ctx.addIssue({ code: 'custom', path: [index, 'stageNumber'], message });
      }
      const twice = stages
        .slice(0, index)
        .some((other) => other.stageNumber === stageNumber && other.roleId === roleId);
      if (twice)
        ctx.addIssue({
          code: 'custom',
          path: [index, 'roleId'],
          message: 'has the seat at this number already',
        });
    });
  });

export const CreateApprovalPolicy = z.object({
  configVersionId: Id,
  ...fields,
  vendorId: fields.vendorId.default(null),
  fallbackPriority: fields.fallbackPriority.default(100),
  parentPolicyId: fields.parentPolicyId.default(null),
  isActive: fields.isActive.default(true),
  stages: ApprovalChain,
});
export type CreateApprovalPolicy = z.infer<typeof CreateApprovalPolicy>;

/** Fields left out stay as they are; stages, when given, replace the whole chain. */
export const UpdateApprovalPolicy = z
  .object({ ...fields, stages: ApprovalChain })
  .partial()
  .extend(ApprovalPolicyRef.shape);
export type UpdateApprovalPolicy = z.infer<typeof UpdateApprovalPolicy>;
