import { z } from 'zod';
import { StageGroup } from './approval-policy.ts';
import { Code, Id, Instant, PageInput, pageOf, RequiredText } from './wire.ts';

const fields = {
  roleCode: Code,
  roleName: RequiredText.max(200),
  /** Seats of a lower number come earlier in a chain. */
  hierarchyOrder: z.int32().positive(),
  stageGroup: StageGroup,
  isFinalApprover: z.boolean(),
  canApproveParallel: z.boolean(),
};

/** A seat of approval chains (RTS, NOC Head …) in a config version; not a login role. */
export const ApprovalRole = z.object({
  id: Id,
  configVersionId: Id,
  ...fields,
  roleCode: z.string(),
  roleName: z.string(),
  createdAt: Instant,
});
export type ApprovalRole = z.infer<typeof ApprovalRole>;

export const ApprovalRoleRef = z.object({ approvalRoleId: Id });
export type ApprovalRoleRef = z.infer<typeof ApprovalRoleRef>;

export const ApprovalRolePage = pageOf(ApprovalRole);

export const ListApprovalRoles = PageInput.extend({
  configVersionId: Id,
  sort: z.enum(['hierarchyOrder', 'roleCode']).default('hierarchyOrder'),
  /** Part of a code or name, whatever the case. */
  search: RequiredText.max(200).optional(),
  stageGroup: StageGroup.optional(),
});
export type ListApprovalRoles = z.infer<typeof ListApprovalRoles>;

export const CreateApprovalRole = z.object({
  configVersionId: Id,
  ...fields,
  isFinalApprover: fields.isFinalApprover.default(false),
  canApproveParallel: fields.canApproveParallel.default(false),
});
export type CreateApprovalRole = z.infer<typeof CreateApprovalRole>;

/** Fields left out stay as they are. */
export const UpdateApprovalRole = z.object(fields).partial().extend(ApprovalRoleRef.shape);
export type UpdateApprovalRole = z.infer<typeof UpdateApprovalRole>;
