import { Prisma } from '@apms/db';

/** `select` of a site as its schema names it, from `sites s`. */
export const siteColumns = Prisma.sql`
  select s.id, s.site_code as "siteCode", s.name, s.region, s.city, s.latitude, s.longitude, s.status,
         s.cluster_code as "clusterCode", s.created_at as "createdAt", s.updated_at as "updatedAt"`;
