import {
  ApprovalRole,
  ApprovalRolePage,
  ApprovalRoleRef,
  CreateApprovalRole,
  ListApprovalRoles,
  UpdateApprovalRole,
} from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { createApprovalRole } from './create-approval-role.ts';
import { deleteApprovalRole } from './delete-approval-role.ts';
import { getApprovalRole } from './get-approval-role.ts';
import { listApprovalRoles } from './list-approval-roles.ts';
import { updateApprovalRole } from './update-approval-role.ts';

export const approvalRolesRouter = router({
  get: permit('config.read')
    .meta(rest('GET', '/approval-roles/{approvalRoleId}', 'One seat of a config version'))
    .input(ApprovalRoleRef)
    .output(ApprovalRole)
    .query(({ ctx, input }) => getApprovalRole(ctx, input)),

  list: permit('config.read')
    .meta(rest('GET', '/approval-roles', 'Seats of a config version, filtered and sorted, page by page'))
    .input(ListApprovalRoles)
    .output(ApprovalRolePage)
    .query(({ ctx, input }) => listApprovalRoles(ctx, input)),

  create: permit('config.edit')
    .meta(rest('POST', '/approval-roles', 'Add a seat to a DRAFT'))
    .input(CreateApprovalRole)
    .output(ApprovalRole)
    .mutation(({ ctx, input }) => createApprovalRole(ctx, input)),

  update: permit('config.edit')
    .meta(rest('PATCH', '/approval-roles/{approvalRoleId}', 'Change a seat of a DRAFT'))
    .input(UpdateApprovalRole)
    .output(ApprovalRole)
    .mutation(({ ctx, input }) => updateApprovalRole(ctx, input)),

  delete: permit('config.edit')
    .meta(rest('DELETE', '/approval-roles/{approvalRoleId}', 'Delete a seat of a DRAFT that nothing uses'))
    .input(ApprovalRoleRef)
    .output(ApprovalRoleRef)
    .mutation(({ ctx, input }) => deleteApprovalRole(ctx, input)),
});
