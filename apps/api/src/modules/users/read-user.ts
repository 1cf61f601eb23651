import { Prisma, type SqlTransaction } from '@apms/db';
import type { Produced, User } from '@apms/validators';
import { AppError } from '../../errors.ts';
import { isKnownHere, userColumns } from './user-columns.ts';

/** @throws {AppError} ENTITY_NOT_FOUND, also for somebody whom only other workspaces know */
export async function readUser(tx: SqlTransaction, userId: string): Promise<Produced<typeof User>> {
  const [user] = await tx.query<Produced<typeof User>[]>(
    Prisma.sql`${userColumns} from users u where u.id = ${userId} and ${isKnownHere}`,
  );
  if (user === undefined) throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'user', id: userId });
  return user;
}
