import { Prisma, type SqlTransaction } from '@apms/db';
import { AppError } from './errors.ts';

/** The tables that an input can refer to. */
const tables = {
  users: Prisma.sql`users`,
  sites: Prisma.sql`sites`,
  documents: Prisma.sql`documents`,
  config_versions: Prisma.sql`config_versions`,
  atp_scope_master: Prisma.sql`atp_scope_master`,
  vendor_master: Prisma.sql`vendor_master`,
  approval_role_master: Prisma.sql`approval_role_master`,
  approval_policy_master: Prisma.sql`approval_policy_master`,
  cluster_master: Prisma.sql`cluster_master`,
  workflow_instances: Prisma.sql`workflow_instances`,
  workflow_stages: Prisma.sql`workflow_stages`,
  atp_submissions: Prisma.sql`atp_submissions`,
  punchlists: Prisma.sql`punchlists`,
} as const satisfies Readonly<Record<string, Prisma.Sql>>;

/** One field of an input that names a row. */
export interface Reference {
  readonly table: keyof typeof tables;
  /** The field as the caller wrote it. */
  readonly field: string;
  /** Nothing is checked for one that is absent. */
  readonly id: string | null | undefined;
  /** The row has to belong to this config version too. */
  readonly configVersionId?: string;
}

/** Whether the row exists in the workspace (and version). */
export async function referenceExists(
  tx: Pick<SqlTransaction, 'query'>,
  reference: Reference,
): Promise<boolean> {
  return (await findMissing(tx, [reference])) === undefined;
}

/**
 * Checks that every row an input refers to exists in the workspace, in one round trip, before the database's own keys
 * would refuse it.
 * @throws {AppError} REFERENCE_NOT_FOUND for the first that does not
 */
export async function validateReferences(
  tx: Pick<SqlTransaction, 'query'>,
  references: readonly Reference[],
): Promise<void> {
  const missing = await findMissing(tx, references);
  if (missing === undefined) return;
  const { table: entity, field, id = null } = missing;
  throw new AppError({ code: 'REFERENCE_NOT_FOUND', entity, field, id });
}

async function findMissing(
  tx: Pick<SqlTransaction, 'query'>,
  references: readonly Reference[],
): Promise<Reference | undefined> {
  const given = references.filter(({ id }) => id !== null && id !== undefined);
  if (given.length === 0) return undefined;
  const checks = given.map(({ table, id, configVersionId }, index) => {
    const inVersion =
      configVersionId === undefined ? Prisma.empty : Prisma.sql`and config_version_id = ${configVersionId}`;
    return Prisma.sql`
      select ${index}::int as index where not exists (select from ${tables[table]} where id = ${id} ${inVersion})`;
  });
  const missing = await tx.query<{ index: number }[]>(Prisma.join(checks, ' union all '));
  return given[Math.min(...missing.map(({ index }) => index))];
}
