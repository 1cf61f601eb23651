import { Prisma, type SqlTransaction } from '@apms/db';
import type { RequestOverride } from '@apms/validators';
import { AppError } from '../../errors.ts';

interface NamedThing {
  readonly field: 'stageId' | 'submissionId' | 'clusterCode' | 'region' | 'roleCode' | 'fromUserId';
  readonly entity: string;
  /** Conditions of which one holds when the workspace knows it. */
  readonly knownBy: (value: string) => Prisma.Sql;
}

/** Codes outlive config versions, so one that any version of the workspace has is known. */
const things: readonly NamedThing[] = [
  {
    field: 'stageId',
    entity: 'workflow_stages',
    knownBy: (id) => Prisma.sql`exists (select from workflow_stages where id = ${id})`,
  },
  {
    field: 'submissionId',
    entity: 'atp_submissions',
    knownBy: (id) => Prisma.sql`exists (select from atp_submissions where id = ${id})`,
  },
  {
    field: 'clusterCode',
    entity: 'cluster_master',
    knownBy: (code) => Prisma.sql`
      exists (select from cluster_master where cluster_code = ${code})
      or exists (select from sites where cluster_code = ${code})`,
  },
  {
    field: 'region',
    entity: 'cluster_master',
    knownBy: (region) => Prisma.sql`
      exists (select from cluster_master where region = ${region})
      or exists (select from sites where region = ${region})`,
  },
  {
    field: 'roleCode',
    entity: 'approval_role_master',
    knownBy: (code) => Prisma.sql`exists (select from approval_role_master where role_code = ${code})`,
  },
  {
    field: 'fromUserId',
    entity: 'users',
    knownBy: (id) => Prisma.sql`
      exists (select from workspace_memberships where user_id = ${id})
      or exists (select from cluster_approver_master where user_id = ${id})
      or exists (select from workflow_stages where approver_id = ${id})`,
  },
];

/** Checks in one statement that the workspace knows what an override is for. @throws {AppError} REFERENCE_NOT_FOUND */
export async function requireTarget(tx: SqlTransaction, input: RequestOverride): Promise<void> {
  const named = things.flatMap((thing) => {
    const value = input[thing.field];
    return value === undefined ? [] : [{ ...thing, value }];
  });
  if (named.length === 0) return;
  const known = named.map(({ knownBy, value }, index) => {
    return Prisma.sql`select ${index}::int as index where not (${knownBy(value)})`;
  });
  const unknown = await tx.query<{ index: number }[]>(Prisma.join(known, ' union all '));
  const first = named[Math.min(...unknown.map(({ index }) => index))];
  if (first === undefined) return;
  const { entity, field, value } = first;
  throw new AppError({ code: 'REFERENCE_NOT_FOUND', entity, field, id: value });
}
