import {
  ApprovalPolicy,
  ApprovalPolicyPage,
  ApprovalPolicyRef,
  CreateApprovalPolicy,
  ListApprovalPolicies,
  UpdateApprovalPolicy,
} from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { createApprovalPolicy } from './create-approval-policy.ts';
import { deleteApprovalPolicy } from './delete-approval-policy.ts';
import { getApprovalPolicy } from './get-approval-policy.ts';
import { listApprovalPolicies } from './list-approval-policies.ts';
import { updateApprovalPolicy } from './update-approval-policy.ts';

export const approvalPoliciesRouter = router({
  get: permit('config.read')
    .meta(rest('GET', '/approval-policies/{approvalPolicyId}', 'One policy of a config version'))
    .input(ApprovalPolicyRef)
    .output(ApprovalPolicy)
    .query(({ ctx, input }) => getApprovalPolicy(ctx, input)),

  list: permit('config.read')
    .meta(
      rest(
        'GET',
        '/approval-policies',
        'Policies with their chains of a config version, filtered and sorted, page by page',
      ),
    )
    .input(ListApprovalPolicies)
    .output(ApprovalPolicyPage)
    .query(({ ctx, input }) => listApprovalPolicies(ctx, input)),

  create: permit('config.edit')
    .meta(rest('POST', '/approval-policies', 'Add a policy to a DRAFT'))
    .input(CreateApprovalPolicy)
    .output(ApprovalPolicy)
    .mutation(({ ctx, input }) => createApprovalPolicy(ctx, input)),

  update: permit('config.edit')
    .meta(rest('PATCH', '/approval-policies/{approvalPolicyId}', 'Change a policy of a DRAFT'))
    .input(UpdateApprovalPolicy)
    .output(ApprovalPolicy)
    .mutation(({ ctx, input }) => updateApprovalPolicy(ctx, input)),

  delete: permit('config.edit')
    .meta(
      rest('DELETE', '/approval-policies/{approvalPolicyId}', 'Delete a policy of a DRAFT that nothing uses'),
    )
    .input(ApprovalPolicyRef)
    .output(ApprovalPolicyRef)
    .mutation(({ ctx, input }) => deleteApprovalPolicy(ctx, input)),
});
