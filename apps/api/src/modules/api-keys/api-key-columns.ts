import { Prisma } from '@apms/db';

/** `select` of an API key as its schema names it, from `api_keys k`. */
export const apiKeyColumns = Prisma.sql`
  select k.id, k.reference_id as "userId",
         (select u.display_name from users u where u.id = k.reference_id) as "userName", coalesce(k.name, '') as name, coalesce(k.start, '') as start,
         k.created_at as "createdAt", k.expires_at as "expiresAt", k.last_request as "lastUsedAt"`;

/** Keys have no row-level security: whatever reads them for a workspace says for which they were made. */
export const isForWorkspace = (workspaceId: string) =>
  Prisma.sql`k.metadata::jsonb ->> 'workspaceId' = ${workspaceId}`;
