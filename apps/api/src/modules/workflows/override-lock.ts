import { Prisma } from '@apms/db';

/**
 * Key of the lock between approving overrides, alone, and giving stages to people, together: a stage that opens while
 * an override is being approved is given by it, or changed by it, but never missed.
 */
export function overrideLockKey(workspaceId: string): Prisma.Sql {
  return Prisma.sql`hashtextextended(${`overrides ${workspaceId}`}::text, 0)`;
}
