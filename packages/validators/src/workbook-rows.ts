import { z } from 'zod';
import { AssignmentMode, AtpCategory, ScopeGroup, StageGroup, VendorType } from './approval-policy.ts';

const text = z
  .string()
  .min(1)
  .refine((value) => !value.includes('\u0000') && value.isWellFormed(), {
    error: 'must be well-formed text without NUL',
  });
const count = z.int32().nonnegative();
const position = z.int32().positive();
const email = text.refine((value) => /^[^@]+@[^@]+$/.test(value) && value === value.toLowerCase(), {
  error: 'must be an e-mail address in lower case',
});

/** Left out, it is true. */
const usuallyTrue = z.boolean().exactOptional();

/** A scope of work, by its code. */
export const ScopeRow = z.object({
  scopeCode: text,
  scopeName: text,
  scopeGroup: ScopeGroup,
  atpCategory: AtpCategory,
  atpType: AtpCategory,
  requiresCluster: z.boolean(),
  isActive: usuallyTrue,
});
export type ScopeRow = z.infer<typeof ScopeRow>;

/** A vendor, by its code. */
export const VendorRow = z.object({
  vendorCode: text,
  vendorName: text,
  vendorType: VendorType,
  contactEmail: text.exactOptional(),
  isActive: usuallyTrue,
});
export type VendorRow = z.infer<typeof VendorRow>;

/** A seat of approval chains, by its code. */
export const RoleRow = z.object({
  roleCode: text,
  roleName: text,
  hierarchyOrder: position,
  stageGroup: StageGroup,
  isFinalApprover: z.boolean(),
  canApproveParallel: z.boolean(),
});
export type RoleRow = z.infer<typeof RoleRow>;

/** One stage of a chain, by its number and seat. */
export const StageRow = z.object({
  stageNumber: position,
  sequenceOrder: position,
  roleCode: text,
  parallelGroup: position.nullable(),
  isRequired: z.boolean(),
  slaHours: position,
  assignmentMode: AssignmentMode,
  staticUserEmail: email.nullable(),
  assignmentRule: z.json().nullable(),
});
export type StageRow = z.infer<typeof StageRow>;

/** Which chain applies to (scope, vendor or any, category); identified by these three. */
export const PolicyRow = z.object({
  policyCode: text,
  policyName: text,
  scopeCode: text,
  /** Null is any vendor. */
  vendorCode: text.nullable(),
  atpCategory: AtpCategory,
  fallbackPriority: position,
  /** Code of the policy that it refines. */
  parentPolicyCode: text.exactOptional(),
  isActive: usuallyTrue,
  stages: z.array(StageRow),
});
export type PolicyRow = z.infer<typeof PolicyRow>;

/** A cluster of sites of a scope, by the codes of both. */
export const ClusterRow = z.object({
  scopeCode: text,
  clusterCode: text,
  clusterName: text.nullable(),
  region: text.nullable(),
  province: text.nullable(),
  city: text.nullable(),
  mSequence: text.nullable(),
  siteCount: count,
  sourceSheet: text.nullable(),
  sourceRow: position.nullable(),
});
export type ClusterRow = z.infer<typeof ClusterRow>;

/** Who sits in a seat for a cluster: rank 1 is the primary, then the backups in order. */
export const ApproverRow = z.object({
  scopeCode: text,
  clusterCode: text,
  roleCode: text,
  rank: position,
  email,
  sourceSheet: text.nullable(),
  sourceRow: position.nullable(),
  sourceColumn: text.nullable(),
  effectiveFrom: z.iso.date().exactOptional(),
  effectiveTo: z.iso.date().exactOptional(),
});
export type ApproverRow = z.infer<typeof ApproverRow>;

/** A person named by approvers or stages, by the e-mail address in lower case. */
export const PersonRow = z.object({
  email,
  name: text,
  /** International form, `+` and digits, when it comes from a workbook. */
  phone: text.nullable(),
});
export type PersonRow = z.infer<typeof PersonRow>;

/** All that one config version holds, linked by natural codes instead of database ids. */
export const ConfigurationRows = z.object({
  scopes: z.array(ScopeRow),
  vendors: z.array(VendorRow),
  roles: z.array(RoleRow),
  policies: z.array(PolicyRow),
  clusters: z.array(ClusterRow),
  approvers: z.array(ApproverRow),
  people: z.array(PersonRow),
});
export type ConfigurationRows = z.infer<typeof ConfigurationRows>;
