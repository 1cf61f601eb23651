import { Prisma } from '@apms/db';
import type { WorkspaceContext } from '../../context.ts';
import { type Reference, validateReferences } from '../../references.ts';
import { setClause } from '../../set-clause.ts';
import { configTables } from './config-tables.ts';
import { type ConfigEdit, editInDraft } from './edit-draft.ts';
import { readConfigRow } from './read-config-row.ts';

/** What changes in one row, and how it is read afterwards. */
export interface RowUpdate<Field extends string> {
  readonly columns: Readonly<Record<Field, Prisma.Sql>>;
  readonly changes: Readonly<Partial<Record<Field, unknown>>>;
  readonly source: { readonly select: Prisma.Sql; readonly from: Prisma.Sql };
  /** Rows of the same version that the changes refer to. */
  readonly references?: readonly Omit<Reference, 'configVersionId'>[];
}

/**
 * Changes a row of a DRAFT.
 * @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT, REFERENCE_NOT_FOUND, ENTITY_DUPLICATE
 */
export async function updateInDraft<Row, Field extends string>(
  ctx: WorkspaceContext,
  edit: ConfigEdit,
  { columns, changes, source, references = [] }: RowUpdate<Field>,
): Promise<Row> {
  const { entityType, entityId } = edit;
  return await editInDraft(ctx, edit, async (tx, configVersionId) => {
    await validateReferences(
      tx,
      references.map((reference) => ({ ...reference, configVersionId })),
    );
    // A row stays as it is when nothing is to change.
    const set = setClause(columns, changes, [Prisma.sql`id = id`]);
    const [, row] = await Promise.all([
      tx.query(Prisma.sql`update ${configTables[entityType]} set ${set} where id = ${entityId}`),
      readConfigRow<Row>(tx, entityType, source, entityId),
    ]);
    return row;
  });
}
