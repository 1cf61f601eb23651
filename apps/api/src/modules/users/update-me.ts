import { Prisma } from '@apms/db';
import type { Me, Produced, UpdateMe } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { PersonContext } from '../../context.ts';
import { setClause } from '../../set-clause.ts';
import { getMe } from './get-me.ts';
import { profileColumns } from './profile-columns.ts';

/** Changes the caller's own name or phone, for all their workspaces. */
export async function updateMe(ctx: PersonContext, changes: UpdateMe): Promise<Produced<typeof Me>> {
  const { database, person, services, now, requestId } = ctx;
  const { userId } = person;
  const scope = { workspaceId: '', userId };
  await database.personTransaction(userId, async (tx) => {
    const set = setClause(profileColumns, changes, [Prisma.sql`updated_at = ${now}`]);
    await Promise.all([
      tx.query(Prisma.sql`update users set ${set} where id = ${userId}`),
      recordAuditEvent(
        tx,
        { db: { scope }, now, requestId },
        { action: 'users.updateMe', entityType: 'user', entityId: userId, details: changes },
      ),
    ]);
  });
  services.accessCache.forget([userId]);
  return await getMe(ctx);
}
