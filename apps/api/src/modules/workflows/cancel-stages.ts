import { Prisma, type SqlTransaction } from '@apms/db';
import type { WorkspaceContext } from '../../context.ts';

/** Cancels stages of a locked workflow that are not decided. */
export async function cancelStages(
  tx: SqlTransaction,
  { now }: Pick<WorkspaceContext, 'now'>,
  stages: readonly { readonly id: string }[],
): Promise<void> {
  if (stages.length === 0) return;
  await tx.query(Prisma.sql`
    update workflow_stages set status = 'CANCELLED', updated_at = ${now}
    where id = any(${stages.map(({ id }) => id)}::text[])`);
}
