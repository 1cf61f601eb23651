import { Prisma } from '@apms/db';
import type { Document, ListDocuments, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { containing, listPage, type Page } from '../../list-page.ts';
import { documentColumns, documentSource } from './document-columns.ts';

const sorts = {
  createdAt: { column: Prisma.sql`d.created_at`, type: 'timestamptz', direction: 'desc' },
  name: { column: Prisma.sql`d.name`, type: 'text', direction: 'asc' },
} as const;

/** @throws {AppError} CURSOR_INVALID */
export async function listDocuments(
  { db }: WorkspaceContext,
  { search, mediaType, uploadedById, sha256, sort, direction, limit, cursor }: ListDocuments,
): Promise<Page<Produced<typeof Document>>> {
  const where: Prisma.Sql[] = [];
  if (search !== undefined) where.push(Prisma.sql`d.name ilike ${containing(search)}`);
  if (mediaType !== undefined) where.push(Prisma.sql`d.media_type = ${mediaType}`);
  if (uploadedById !== undefined) where.push(Prisma.sql`d.uploaded_by_id = ${uploadedById}`);
  if (sha256 !== undefined) where.push(Prisma.sql`d.sha256 = ${sha256}`);
  return await listPage(db, {
    select: documentColumns,
    from: documentSource,
    where,
    sort: sorts[sort],
    id: Prisma.sql`d.id`,
    direction: direction ?? sorts[sort].direction,
    limit,
    cursor,
  });
}
