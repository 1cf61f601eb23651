import { Prisma } from '@apms/db';

/** The tables whose rows belong to a config version, by the entity that a row is. */
export const configTables = {
  scope: Prisma.sql`atp_scope_master`,
  vendor: Prisma.sql`vendor_master`,
  approvalRole: Prisma.sql`approval_role_master`,
  approvalPolicy: Prisma.sql`approval_policy_master`,
  cluster: Prisma.sql`cluster_master`,
  clusterApprover: Prisma.sql`cluster_approver_master`,
} as const;

/** A row of a config version, as errors and audit events call it. */
export type ConfigEntity = keyof typeof configTables;
