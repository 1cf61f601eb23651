import { newId, Prisma } from '@apms/db';
import type { CreateScope, Produced, Scope } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { addToDraft } from '../config-versions/edit-draft.ts';
import { readConfigRow } from '../config-versions/read-config-row.ts';
import { scopeSource } from './scope-source.ts';

/** @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT, ENTITY_DUPLICATE */
export async function createScope(
  ctx: WorkspaceContext,
  input: CreateScope,
): Promise<Produced<typeof Scope>> {
  const { configVersionId, scopeCode, scopeName, scopeGroup, atpCategory, atpType } = input;
  const { requiresCluster, isActive } = input;
  const id = newId();
  const edit = { action: 'scopes.create', entityType: 'scope', entityId: id, details: input } as const;
  return await addToDraft(ctx, configVersionId, edit, async (tx) => {
    const [, scope] = await Promise.all([
      tx.query(Prisma.sql`
        insert into atp_scope_master (id, workspace_id, config_version_id, scope_code, scope_name, scope_group,
                                      atp_category, atp_type, requires_cluster, is_active, created_at)
        values (${id}, ${ctx.db.scope.workspaceId}::uuid, ${configVersionId}, ${scopeCode}, ${scopeName}, ${scopeGroup},
                ${atpCategory}, ${atpType}, ${requiresCluster}, ${isActive}, ${ctx.now})`),
      readConfigRow<Produced<typeof Scope>>(tx, 'scope', scopeSource, id),
    ]);
    return scope;
  });
}
