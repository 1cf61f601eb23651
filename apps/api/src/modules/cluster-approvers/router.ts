import {
  ClusterApprover,
  ClusterApproverPage,
  ClusterApproverRef,
  ClusterSeat,
  CreateClusterApprover,
  ListClusterApprovers,
  SetClusterApprovers,
  UpdateClusterApprover,
} from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { createClusterApprover } from './create-cluster-approver.ts';
import { deleteClusterApprover } from './delete-cluster-approver.ts';
import { getClusterApprover } from './get-cluster-approver.ts';
import { listClusterApprovers } from './list-cluster-approvers.ts';
import { setClusterApprovers } from './set-cluster-approvers.ts';
import { updateClusterApprover } from './update-cluster-approver.ts';

export const clusterApproversRouter = router({
  get: permit('config.read')
    .meta(rest('GET', '/cluster-approvers/{clusterApproverId}', 'One approver of a config version'))
    .input(ClusterApproverRef)
    .output(ClusterApprover)
    .query(({ ctx, input }) => getClusterApprover(ctx, input)),

  list: permit('config.read')
    .meta(
      rest(
        'GET',
        '/cluster-approvers',
        'Approvers of clusters of a config version, filtered and sorted, page by page',
      ),
    )
    .input(ListClusterApprovers)
    .output(ClusterApproverPage)
    .query(({ ctx, input }) => listClusterApprovers(ctx, input)),

  create: permit('config.edit')
    .meta(rest('POST', '/cluster-approvers', 'Add an approver to a DRAFT'))
    .input(CreateClusterApprover)
    .output(ClusterApprover)
    .mutation(({ ctx, input }) => createClusterApprover(ctx, input)),

  update: permit('config.edit')
    .meta(rest('PATCH', '/cluster-approvers/{clusterApproverId}', 'Change an approver of a DRAFT'))
    .input(UpdateClusterApprover)
    .output(ClusterApprover)
    .mutation(({ ctx, input }) => updateClusterApprover(ctx, input)),

  delete: permit('config.edit')
    .meta(rest('DELETE', '/cluster-approvers/{clusterApproverId}', 'Delete an approver of a DRAFT'))
    .input(ClusterApproverRef)
    .output(ClusterApproverRef)
    .mutation(({ ctx, input }) => deleteClusterApprover(ctx, input)),

  set: permit('config.edit')
    .meta(
      rest('POST', '/clusters/{clusterId}/approvers', 'Say who sits in a seat of a cluster, in which order'),
    )
    .input(SetClusterApprovers)
    .output(ClusterSeat)
    .mutation(({ ctx, input }) => setClusterApprovers(ctx, input)),
});
