import { Prisma } from '@apms/db';
import type { Produced, Site, UpdateSite } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { setClause } from '../../set-clause.ts';
import { readSite } from './read-site.ts';

const columns = {
  name: Prisma.sql`name`,
  region: Prisma.sql`region`,
  city: Prisma.sql`city`,
  latitude: Prisma.sql`latitude`,
  longitude: Prisma.sql`longitude`,
  status: Prisma.sql`status`,
  clusterCode: Prisma.sql`cluster_code`,
};

/** @throws {AppError} ENTITY_NOT_FOUND; CONSTRAINT_VIOLATED when half of a position would remain */
export async function updateSite(
  ctx: WorkspaceContext,
  { siteId, ...changes }: UpdateSite,
): Promise<Produced<typeof Site>> {
  return await ctx.db.transaction(async (tx) => {
    const set = setClause(columns, changes, [Prisma.sql`updated_at = ${ctx.now}`]);
    await tx.query(Prisma.sql`update sites set ${set} where id = ${siteId}`);
    const site = await readSite(tx, siteId);
    await recordAuditEvent(tx, ctx, {
      action: 'sites.update',
      entityType: 'site',
      entityId: siteId,
      details: changes,
    });
    return site;
  });
}
