import { newId } from '@apms/db';
import type { TestApi } from './start-api.ts';

/** An empty DRAFT of a workspace, by SQL; its source type is one that no import of other tests uses. */
export async function insertDraft({
  database,
  workspace,
}: Pick<TestApi, 'database' | 'workspace'>): Promise<string> {
  const id = newId();
  await database.pool.query(
    `insert into config_versions (id, workspace_id, source_type, version_number, source_file_name, source_file_type,
       source_checksum, validation_status, imported_by_id)
     select $1, $2::uuid, 'SCOPE_CONFIG', coalesce(max(version_number), 0) + 1, 'test.xlsx', 'XLSX',
            md5($1) || md5($1), 'VALID', $3
     from config_versions where workspace_id = $2::uuid and source_type = 'SCOPE_CONFIG'`,
    [id, workspace.id, workspace.people.CONFIG_MANAGER.userId],
  );
  return id;
}

/** Activates a version without any checks; one that was ACTIVE is superseded by it. */
export async function activateVersion(
  { database, workspace }: Pick<TestApi, 'database' | 'workspace'>,
  configVersionId: string,
): Promise<void> {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `update config_versions set status = 'SUPERSEDED', superseded_by_id = $2, superseded_at = now()
       where workspace_id = $1::uuid and source_type = 'SCOPE_CONFIG' and status = 'ACTIVE'`,
      [workspace.id, configVersionId],
    );
    await client.query(
      `update config_versions set status = 'ACTIVE', validation_status = 'VALID', activated_at = now(),
         activated_by_id = imported_by_id where id = $1`,
      [configVersionId],
    );
    await client.query('commit');
  } finally {
    client.release();
  }
}
