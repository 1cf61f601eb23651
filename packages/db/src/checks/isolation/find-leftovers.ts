import type { CheckProblem } from '@apms/validators';
import { type ClientBase, DatabaseError, escapeIdentifier, escapeLiteral } from 'pg';
import { inSavepoint } from '../in-savepoint.ts';
import { foreignKeyViolation } from '../probe/attempt.ts';
import { configRowTables, type ProbeVersion, versionRowId } from '../probe/config-version.ts';

/** Deletes a DRAFT and names the tables in which rows of it remain; a deletion that is refused leaves no orphan either. */
export async function findLeftovers(client: ClientBase, draft: ProbeVersion): Promise<CheckProblem[]> {
  try {
    return await inSavepoint(client, () => deleteAndLook(client, draft));
  } catch (error) {
    if (error instanceof DatabaseError && foreignKeyViolation.includes(error.code ?? '')) return [];
    throw error;
  }
}

async function deleteAndLook(client: ClientBase, draft: ProbeVersion): Promise<CheckProblem[]> {
  const id = versionRowId(draft, 'config_versions');
  await client.query('delete from config_versions where id = $1', [id]);
  const parts = Object.keys(configRowTables).map(
    (table) => `select ${escapeLiteral(table)} as table, count(*)::int as count
                from ${escapeIdentifier(table)} where config_version_id = $1`,
  );
  const { rows } = await client.query<{ table: string; count: number }>(parts.join(' union all '), [id]);
  return rows
    .filter(({ count }) => count > 0)
    .map(({ table, count }) => ({
      message: `discarding a DRAFT left ${count} rows in ${table}`,
      table,
      count,
    }));
}
