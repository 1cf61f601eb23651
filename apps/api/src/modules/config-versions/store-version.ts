import { newId, Prisma, type SqlTransaction } from '@apms/db';
import type { ConfigSourceType, ConfigurationRows, ImportFinding } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { ensurePeople } from './ensure-people.ts';
import { insertRows } from './insert-rows.ts';
import { nextVersionNumber } from './next-version-number.ts';
import { revalidate } from './revalidate.ts';
import { withKeysPlannedAnew } from './with-keys-planned-anew.ts';

/** What a file gave, and the file. */
export interface ReadVersion {
  readonly sourceType: ConfigSourceType;
  readonly fileName: string;
  readonly mediaType: string;
  /** SHA-256 of the file, in hex. */
  readonly checksum: string;
  readonly notes: string | null;
  readonly rows: ConfigurationRows;
  readonly findings: readonly ImportFinding[];
}

/** Adds a DRAFT with all its rows and findings, and gives its id. The caller holds the source's lock. */
export async function storeVersion(
  tx: SqlTransaction,
  ctx: WorkspaceContext,
  { sourceType, fileName, mediaType, checksum, notes, rows, findings }: ReadVersion,
  onRows: (rowsDone: number, rowsTotal: number) => void = () => undefined,
): Promise<string> {
  const { db, now } = ctx;
  const { workspaceId, userId } = db.scope;
  const configVersionId = newId();
  const number = nextVersionNumber(Prisma.sql`${sourceType}::text`);
  const version = Prisma.sql`
    insert into config_versions (id, workspace_id, source_type, version_number, source_file_name, source_file_type,
      source_checksum, validation_result, notes, imported_by_id, imported_at, created_at, updated_at)
    values (${configVersionId}, ${workspaceId}::uuid, ${sourceType}, ${number}, ${fileName}, ${mediaType}, ${checksum},
            ${JSON.stringify({ findings })}::jsonb, ${notes}, ${userId}, ${now}, ${now}, ${now})`;
  await withKeysPlannedAnew(tx, () =>
    Promise.all([
      tx.query(version),
      insertRows(tx, { workspaceId, configVersionId }, rows, {
        userIds: ensurePeople(tx, rows.people, now),
        onRows,
      }),
    ]),
  );
  await revalidate(tx, ctx, configVersionId);
  return configVersionId;
}
