import { Prisma } from '@apms/db';
import type { ClusterApprover, Produced, UpdateClusterApprover } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { setClause } from '../../set-clause.ts';
import { validatePeople } from '../../validate-people.ts';
import { editInDraft } from '../config-versions/edit-draft.ts';
import { readConfigRow } from '../config-versions/read-config-row.ts';
import { clusterApproverSource } from './cluster-approver-source.ts';

const columns = {
  userId: Prisma.sql`user_id`,
  effectiveFrom: Prisma.sql`effective_from`,
  effectiveTo: Prisma.sql`effective_to`,
};

/**
 * Puts somebody else into the place of a person, or changes when they are in it.
 * @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT, REFERENCE_NOT_FOUND; CONSTRAINT_VIOLATED when the
 * period would end before it starts
 */
export async function updateClusterApprover(
  ctx: WorkspaceContext,
  { clusterApproverId, ...changes }: UpdateClusterApprover,
): Promise<Produced<typeof ClusterApprover>> {
  const edit = {
    action: 'clusterApprovers.update',
    entityType: 'clusterApprover',
    entityId: clusterApproverId,
    details: changes,
  } as const;
  return await editInDraft(ctx, edit, async (tx) => {
    await validatePeople(tx, [{ field: 'userId', id: changes.userId }]);
    const set = setClause(columns, changes, [Prisma.sql`id = id`]);
    const [, approver] = await Promise.all([
      tx.query(Prisma.sql`update cluster_approver_master set ${set} where id = ${clusterApproverId}`),
      readConfigRow<Produced<typeof ClusterApprover>>(
        tx,
        'clusterApprover',
        clusterApproverSource,
        clusterApproverId,
      ),
    ]);
    return approver;
  });
}
