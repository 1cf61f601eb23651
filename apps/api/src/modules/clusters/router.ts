import {
  Cluster,
  ClusterPage,
  ClusterRef,
  ClusterRegions,
  ConfigVersionRef,
  CreateCluster,
  ListClusters,
  UpdateCluster,
} from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { createCluster } from './create-cluster.ts';
import { deleteCluster } from './delete-cluster.ts';
import { getCluster } from './get-cluster.ts';
import { listClusters } from './list-clusters.ts';
import { listRegions } from './list-regions.ts';
import { updateCluster } from './update-cluster.ts';

export const clustersRouter = router({
  get: permit('config.read')
    .meta(rest('GET', '/clusters/{clusterId}', 'One cluster of a config version'))
    .input(ClusterRef)
    .output(Cluster)
    .query(({ ctx, input }) => getCluster(ctx, input)),

  list: permit('config.read')
    .meta(rest('GET', '/clusters', 'Clusters of a config version, filtered and sorted, page by page'))
    .input(ListClusters)
    .output(ClusterPage)
    .query(({ ctx, input }) => listClusters(ctx, input)),

  regions: permit('config.read')
    .meta(rest('GET', '/cluster-regions', 'The regions of the clusters of a config version'))
    .input(ConfigVersionRef)
    .output(ClusterRegions)
    .query(({ ctx, input }) => listRegions(ctx, input)),

  create: permit('config.edit')
    .meta(rest('POST', '/clusters', 'Add a cluster to a DRAFT'))
    .input(CreateCluster)
    .output(Cluster)
    .mutation(({ ctx, input }) => createCluster(ctx, input)),

  update: permit('config.edit')
    .meta(rest('PATCH', '/clusters/{clusterId}', 'Change a cluster of a DRAFT'))
    .input(UpdateCluster)
    .output(Cluster)
    .mutation(({ ctx, input }) => updateCluster(ctx, input)),

  delete: permit('config.edit')
    .meta(rest('DELETE', '/clusters/{clusterId}', 'Delete a cluster of a DRAFT'))
    .input(ClusterRef)
    .output(ClusterRef)
    .mutation(({ ctx, input }) => deleteCluster(ctx, input)),
});
