import { z } from 'zod';
import { Code, Id, Instant, PageInput, pageOf, RequiredText } from './wire.ts';

const name = RequiredText.max(200).nullable();
const fields = {
  scopeId: Id,
  clusterCode: Code,
  clusterName: name,
  region: name,
  province: name,
  city: name,
  mSequence: name,
  siteCount: z.int32().nonnegative(),
};

/** A cluster of sites for a scope, in a config version. */
export const Cluster = z.object({
  id: Id,
  configVersionId: Id,
  scopeId: Id,
  scopeCode: z.string(),
  scopeName: z.string(),
  clusterCode: z.string(),
  clusterName: z.string().nullable(),
  region: z.string().nullable(),
  province: z.string().nullable(),
  city: z.string().nullable(),
  mSequence: z.string().nullable(),
  siteCount: z.int(),
  /** Where in the workbook it came from; null for one that was added by hand. */
  sourceSheet: z.string().nullable(),
  sourceRow: z.int().nullable(),
  createdAt: Instant,
});
export type Cluster = z.infer<typeof Cluster>;

export const ClusterRef = z.object({ clusterId: Id });
export type ClusterRef = z.infer<typeof ClusterRef>;

export const ClusterPage = pageOf(Cluster);

export const ListClusters = PageInput.extend({
  configVersionId: Id,
  sort: z.enum(['clusterCode', 'siteCount']).default('clusterCode'),
  /** Part of a code or name, whatever the case. */
  search: RequiredText.max(200).optional(),
  scopeId: Id.optional(),
  scopeCode: RequiredText.optional(),
  clusterCode: RequiredText.optional(),
  region: RequiredText.optional(),
  province: RequiredText.optional(),
  city: RequiredText.optional(),
  mSequence: RequiredText.optional(),
});
export type ListClusters = z.infer<typeof ListClusters>;

/** What clusters of a config version say as their region, in the order of the alphabet. */
export const ClusterRegions = z.object({ regions: z.array(z.string()) });
export type ClusterRegions = z.infer<typeof ClusterRegions>;

export const CreateCluster = z.object({
  configVersionId: Id,
  ...fields,
  clusterName: name.default(null),
  region: name.default(null),
  province: name.default(null),
  city: name.default(null),
  mSequence: name.default(null),
  siteCount: fields.siteCount.default(0),
});
export type CreateCluster = z.infer<typeof CreateCluster>;

/** Fields left out stay as they are. */
export const UpdateCluster = z.object(fields).partial().extend(ClusterRef.shape);
export type UpdateCluster = z.infer<typeof UpdateCluster>;
