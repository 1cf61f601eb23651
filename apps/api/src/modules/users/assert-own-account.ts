import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { readUser } from './read-user.ts';

/**
 * Accounts are global, administrators are not: one of them may change an account only while no other workspace
 * knows it, as a member or in its configuration. Otherwise an administrator here could lock a person out there.
 * @throws {AppError} ENTITY_NOT_FOUND, ACCOUNT_SHARED
 */
export async function assertOwnAccount({ db, services }: WorkspaceContext, userId: string): Promise<void> {
  await readUser(db, userId);
  if (await services.isKnownElsewhere({ userId, workspaceId: db.scope.workspaceId })) {
    throw new AppError({ code: 'ACCOUNT_SHARED', userId });
  }
}
