import { Prisma } from '@apms/db';
import type { ScopeRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { deleteFromDraft } from '../config-versions/delete-from-draft.ts';

const uses = [
  { table: Prisma.sql`cluster_master`, column: Prisma.sql`scope_id` },
  { table: Prisma.sql`approval_policy_master`, column: Prisma.sql`scope_id` },
];

/** @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT, ENTITY_IN_USE */
export async function deleteScope(ctx: WorkspaceContext, { scopeId }: ScopeRef): Promise<ScopeRef> {
  await deleteFromDraft(ctx, { action: 'scopes.delete', entityType: 'scope', entityId: scopeId }, uses);
  return { scopeId };
}
