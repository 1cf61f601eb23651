import { Prisma } from '@apms/db';

/** Clusters as their schema names them, with the codes of their scopes. */
export const clusterSource = {
  select: Prisma.sql`
    select t.id, t.config_version_id as "configVersionId", t.scope_id as "scopeId", s.scope_code as "scopeCode",
           s.scope_name as "scopeName", t.cluster_code as "clusterCode", t.cluster_name as "clusterName", t.region,
           t.province, t.city, t.m_sequence as "mSequence", t.site_count as "siteCount",
           t.source_sheet as "sourceSheet", t.source_row as "sourceRow", t.created_at as "createdAt"`,
  from: Prisma.sql`from cluster_master t join atp_scope_master s on s.id = t.scope_id`,
};
