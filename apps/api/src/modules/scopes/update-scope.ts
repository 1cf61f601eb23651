import { Prisma } from '@apms/db';
import type { Produced, Scope, UpdateScope } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { updateInDraft } from '../config-versions/update-in-draft.ts';
import { scopeSource } from './scope-source.ts';

const columns = {
  scopeCode: Prisma.sql`scope_code`,
  scopeName: Prisma.sql`scope_name`,
  scopeGroup: Prisma.sql`scope_group`,
  atpCategory: Prisma.sql`atp_category`,
  atpType: Prisma.sql`atp_type`,
  requiresCluster: Prisma.sql`requires_cluster`,
  isActive: Prisma.sql`is_active`,
};

/** @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT, ENTITY_DUPLICATE */
export async function updateScope(
  ctx: WorkspaceContext,
  { scopeId, ...changes }: UpdateScope,
): Promise<Produced<typeof Scope>> {
  const edit = { action: 'scopes.update', entityType: 'scope', entityId: scopeId, details: changes } as const;
  return await updateInDraft(ctx, edit, { columns, changes, source: scopeSource });
}
