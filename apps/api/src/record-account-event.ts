import type { Database } from '@apms/db';
import { recordAuditEvent } from './audit.ts';

/** What somebody did to their own way of signing in. */
export interface AccountEvent {
  readonly action: 'auth.changePassword' | 'auth.resetPassword';
  readonly userId: string;
  readonly requestId: string;
}

/** Appends an event of no workspace. */
export async function recordAccountEvent(
  database: Pick<Database, 'asSystem'>,
  { action, userId, requestId }: AccountEvent,
): Promise<void> {
  await database.asSystem((tx) =>
    recordAuditEvent(
      tx,
      { db: { scope: { workspaceId: '', userId } }, now: new Date(), requestId },
      { action, entityType: 'user', entityId: userId },
    ),
  );
}
