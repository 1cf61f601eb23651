import { Prisma, type SqlTransaction } from '@apms/db';
import { AppError } from './errors.ts';
import type { Reference } from './references.ts';

/**
 * Checks that the people an input names are known in the workspace, as members or from its configuration: an account
 * that works only for others is as good as none.
 * @throws {AppError} REFERENCE_NOT_FOUND for the first who is not
 */
export async function validatePeople(
  tx: Pick<SqlTransaction, 'query'>,
  people: readonly Pick<Reference, 'field' | 'id'>[],
): Promise<void> {
  const ids = people.flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
  if (ids.length === 0) return;
  const strangers = await tx.query<{ id: string }[]>(Prisma.sql`
    select wanted.id from unnest(${ids}::text[]) as wanted (id)
    where not exists (select from workspace_memberships m where m.user_id = wanted.id)
      and not exists (select from cluster_approver_master a where a.user_id = wanted.id)
      and not exists (select from approval_policy_stages s where s.static_user_id = wanted.id)`);
  const stranger = people.find(({ id }) => strangers.some((row) => row.id === id));
  if (stranger === undefined) return;
  const { field, id = null } = stranger;
  throw new AppError({ code: 'REFERENCE_NOT_FOUND', entity: 'users', field, id });
}
