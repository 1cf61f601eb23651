import { Prisma } from '@apms/db';
import type { ListScopes, Produced, Scope } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { equalities } from '../../equalities.ts';
import { containing, type Page } from '../../list-page.ts';
import { listOfVersion } from '../config-versions/list-of-version.ts';
import { scopeSource } from './scope-source.ts';

const sorts = {
  scopeCode: { column: Prisma.sql`t.scope_code`, type: 'text' },
  scopeName: { column: Prisma.sql`t.scope_name`, type: 'text' },
} as const;

/** Filters that are one column each. */
const filters = { scopeGroup: Prisma.sql`t.scope_group`, isActive: Prisma.sql`t.is_active` };

/** @throws {AppError} ENTITY_NOT_FOUND for the version; CURSOR_INVALID */
export async function listScopes(
  { db }: WorkspaceContext,
  { configVersionId, search, sort, direction = 'asc', limit, cursor, ...wanted }: ListScopes,
): Promise<Page<Produced<typeof Scope>>> {
  const where = equalities(filters, wanted);
  if (search !== undefined) {
    const pattern = containing(search);
    where.push(Prisma.sql`(t.scope_code ilike ${pattern} or t.scope_name ilike ${pattern})`);
  }
  const order = { sort: sorts[sort], id: Prisma.sql`t.id`, direction };
  return await listOfVersion(db, configVersionId, { ...scopeSource, where, ...order, limit, cursor });
}
