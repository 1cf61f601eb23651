import type { Produced, User, UserRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readUser } from './read-user.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function getUser({ db }: WorkspaceContext, { userId }: UserRef): Promise<Produced<typeof User>> {
  return await readUser(db, userId);
}
