import { newId } from '@apms/db';
import type { TestApi } from './start-api.ts';

type Damaged = Pick<TestApi, 'database' | 'workspace'>;

/** Writes past every key and trigger, as damage comes. */
export async function damage({ database }: Damaged, sql: string, ...values: unknown[]): Promise<void> {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await client.query(sql, values);
  } finally {
    await client.query('commit');
    client.release();
  }
}

/** A membership of somebody who is gone. */
export async function plantMembership(api: Damaged, workspaceId: string): Promise<string> {
  const id = newId();
  await damage(
    api,
    `insert into workspace_memberships (id, workspace_id, user_id, role) values ($1, $2::uuid, 'gone-' || $1, 'VIEWER')`,
    id,
    workspaceId,
  );
  return id;
}

/** A list with two items, of a workflow that is gone. */
export async function plantPunchlist(api: Damaged): Promise<{ listId: string; itemIds: string[] }> {
  const listId = newId();
  const itemIds = [newId(), newId()];
  await damage(
    api,
    `insert into punchlists (id, workspace_id, workflow_id, workflow_stage_id, title)
     values ($1, $2::uuid, 'gone', 'gone', 'Defects')`,
    listId,
    api.workspace.id,
  );
  await damage(
    api,
    `insert into punchlist_items (id, workspace_id, punchlist_id, item_code, description, severity, status, raised_by_id)
     select id, $2::uuid, $1, 'P-' || id, 'A defect', 'MINOR', 'OPEN', $4 from unnest($3::text[]) id`,
    listId,
    api.workspace.id,
    itemIds,
    api.workspace.people.APPROVER.userId,
  );
  return { listId, itemIds };
}

/** How many of these rows there are. */
export async function countRows(
  { database }: Damaged,
  table: string,
  ids: readonly string[],
): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    `select count(*)::int as count from ${table} where id = any($1)`,
    [ids],
  );
  return rows[0]?.count ?? 0;
}
