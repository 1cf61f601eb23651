import { Prisma } from '@apms/db';
import type { IntegrityAudit, ListIntegrityAudits, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { listPage, type Page } from '../../list-page.ts';
import { auditColumns, auditSource } from './audit-columns.ts';

/** @throws {AppError} CURSOR_INVALID */
export async function listAudits(
  { db }: WorkspaceContext,
  { origin, health, direction = 'desc', limit, cursor }: ListIntegrityAudits,
): Promise<Page<Produced<typeof IntegrityAudit>>> {
  const where: Prisma.Sql[] = [];
  if (origin !== undefined) where.push(Prisma.sql`a.origin = ${origin}`);
  if (health !== undefined) where.push(Prisma.sql`a.health = ${health}`);
  return await listPage(db, {
    select: auditColumns,
    from: auditSource,
    where,
    sort: { column: Prisma.sql`a.started_at`, type: 'timestamptz' },
    id: Prisma.sql`a.id`,
    direction,
    limit,
    cursor,
  });
}
