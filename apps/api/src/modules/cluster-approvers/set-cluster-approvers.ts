import { newId, Prisma } from '@apms/db';
import type { ClusterSeat, Produced, SetClusterApprovers } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { validateReferences } from '../../references.ts';
import { validatePeople } from '../../validate-people.ts';
import { editInDraft } from '../config-versions/edit-draft.ts';
import { clusterApproverSource } from './cluster-approver-source.ts';

/**
 * Makes these the people of a seat for a cluster, in this order.
 * @throws {AppError} ENTITY_NOT_FOUND for the cluster, CONFIG_VERSION_NOT_DRAFT, REFERENCE_NOT_FOUND
 */
export async function setClusterApprovers(
  ctx: WorkspaceContext,
  { clusterId, roleId, people }: SetClusterApprovers,
): Promise<Produced<typeof ClusterSeat>> {
  const edit = {
    action: 'clusterApprovers.set',
    entityType: 'cluster',
    entityId: clusterId,
    details: { roleId, people },
  } as const;
  return await editInDraft(ctx, edit, async (tx, configVersionId) => {
    await Promise.all([
      validateReferences(tx, [
        { table: 'approval_role_master', field: 'roleId', id: roleId, configVersionId },
      ]),
      validatePeople(
        tx,
        people.map(({ userId }, index) => ({ field: `people.${index}.userId`, id: userId })),
      ),
    ]);
    const rows = people.map((person, index) => ({ ...person, id: newId(), rank: index + 1 }));
    const seat = Prisma.sql`t.cluster_id = ${clusterId} and t.role_id = ${roleId}`;
    const { select, from } = clusterApproverSource;
    const [, , approvers] = await Promise.all([
      tx.query(Prisma.sql`delete from cluster_approver_master t where ${seat}`),
      tx.query(Prisma.sql`
        insert into cluster_approver_master (id, workspace_id, config_version_id, cluster_id, role_id, user_id, rank,
                                             effective_from, effective_to, created_at)
        select p.id, ${ctx.db.scope.workspaceId}::uuid, ${configVersionId}, ${clusterId}, ${roleId}, p."userId",
               p.rank, p."effectiveFrom", p."effectiveTo", ${ctx.now}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as p (id text, "userId" text, rank int, "effectiveFrom" date, "effectiveTo" date)`),
      tx.query<Produced<typeof ClusterSeat>['approvers']>(
        Prisma.sql`${select} ${from} where ${seat} order by t.rank`,
      ),
    ]);
    return { approvers };
  });
}
