import { Prisma, type WorkspaceDb } from '@apms/db';
import { listPage, type Page, type PageQuery } from '../../list-page.ts';
import { validateConfigVersionReference } from './validate-config-version-reference.ts';

/**
 * A page of rows of one version, from the table that `from` calls `t`. One statement; only when there is nothing to
 * show a second one tells an empty version from none.
 * @throws {AppError} ENTITY_NOT_FOUND for the version; CURSOR_INVALID
 */
export async function listOfVersion<Row extends object>(
  db: WorkspaceDb,
  configVersionId: string,
  query: PageQuery,
): Promise<Page<Row>> {
  const where = [Prisma.sql`t.config_version_id = ${configVersionId}`, ...query.where];
  const page = await listPage<Row>(db, { ...query, where });
  if (page.items.length === 0) await validateConfigVersionReference(db, configVersionId, 'read');
  return page;
}
