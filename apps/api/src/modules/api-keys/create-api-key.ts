import { newId, Prisma } from '@apms/db';
import type { ApiKey, CreateApiKey, CreatedApiKey, Produced } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { apiKeyColumns } from './api-key-columns.ts';
import { API_KEY_PREFIX, newApiKey } from './new-api-key.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A key that is its owner in this workspace and nowhere else. It is shown in this answer only: what is kept, also for
 * a repetition of the call, does not contain it.
 * @throws {AppError} SESSION_REQUIRED, for a key that could make keys would never end
 */
export async function createApiKey(
  ctx: WorkspaceContext,
  { name, expiresInDays }: CreateApiKey,
): Promise<Produced<typeof CreatedApiKey>> {
  const { db, actor, now } = ctx;
  if (actor.credential !== 'session') throw new AppError({ code: 'SESSION_REQUIRED' });
  let shownOnce: string | null = null;
  const apiKey = await db.transaction(async (tx) => {
    const { key, hash, start } = newApiKey();
    const apiKeyId = newId();
    const expiresAt = new Date(now.getTime() + expiresInDays * DAY_MS);
    const metadata = JSON.stringify({ workspaceId: db.scope.workspaceId });
    const [, , [created]] = await Promise.all([
      tx.query(Prisma.sql`
        insert into api_keys (id, reference_id, name, start, prefix, key, rate_limit_enabled, expires_at, metadata,
                              created_at, updated_at)
        values (${apiKeyId}, ${actor.userId}, ${name}, ${start}, ${API_KEY_PREFIX}, ${hash}, false, ${expiresAt},
                ${metadata}, ${now}, ${now})`),
      recordAuditEvent(tx, ctx, {
        action: 'apiKeys.create',
        entityType: 'apiKey',
        entityId: apiKeyId,
        details: { name, start, expiresAt },
      }),
      tx.query<[Produced<typeof ApiKey>]>(
        Prisma.sql`${apiKeyColumns} from api_keys k where k.id = ${apiKeyId}`,
      ),
    ]);
    shownOnce = key;
    return created;
  });
  return { ...apiKey, key: shownOnce };
}
