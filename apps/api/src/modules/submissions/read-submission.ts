import { Prisma, type SqlTransaction } from '@apms/db';
import type { Produced, Submission } from '@apms/validators';
import { AppError } from '../../errors.ts';
import { submissionColumns, submissionTables } from './submission-columns.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function readSubmission(
  tx: SqlTransaction,
  submissionId: string,
): Promise<Produced<typeof Submission>> {
  const [submission] = await tx.query<Produced<typeof Submission>[]>(
    Prisma.sql`${submissionColumns} ${submissionTables} where s.id = ${submissionId}`,
  );
  if (submission === undefined)
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'submission', id: submissionId });
  return submission;
}
