import { Prisma } from '@apms/db';
import type { ApiKey, ApiKeyRef, Produced } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { isPermitted } from '../../permissions.ts';
import { apiKeyColumns, isForWorkspace } from './api-key-columns.ts';

/** Ends a key of one's own or, for those who manage members, of anybody. @throws {AppError} ENTITY_NOT_FOUND */
export async function revokeApiKey(
  ctx: WorkspaceContext,
  { apiKeyId }: ApiKeyRef,
): Promise<Produced<typeof ApiKey>> {
  const { db, actor, services } = ctx;
  const apiKey = await db.transaction(async (tx) => {
    const whose = isPermitted(actor.roles, 'members.manage')
      ? Prisma.empty
      : Prisma.sql`and k.reference_id = ${actor.userId}`;
    const [revoked] = await tx.query<Produced<typeof ApiKey>[]>(Prisma.sql`
      ${apiKeyColumns} from api_keys k
      where k.id = ${apiKeyId} and ${isForWorkspace(db.scope.workspaceId)} ${whose}
      for update`);
    if (revoked === undefined) {
      throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'apiKey', id: apiKeyId });
    }
    await Promise.all([
      tx.query(Prisma.sql`delete from api_keys where id = ${apiKeyId}`),
      recordAuditEvent(tx, ctx, {
        action: 'apiKeys.revoke',
        entityType: 'apiKey',
        entityId: apiKeyId,
        details: { userId: revoked.userId, name: revoked.name, start: revoked.start },
      }),
    ]);
    return revoked;
  });
  services.accessCache.forget([apiKey.userId]);
  return apiKey;
}
