import { Prisma } from '@apms/db';

/** Scopes as their schema names them. */
export const scopeSource = {
  select: Prisma.sql`
    select t.id, t.config_version_id as "configVersionId", t.scope_code as "scopeCode", t.scope_name as "scopeName",
           t.scope_group as "scopeGroup", t.atp_category as "atpCategory", t.atp_type as "atpType",
           t.requires_cluster as "requiresCluster", t.is_active as "isActive", t.created_at as "createdAt"`,
  from: Prisma.sql`from atp_scope_master t`,
};
