import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { newId } from '@apms/db';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** The rows of a table, as COPY reads them. */
export interface CopiedRows {
  readonly table: string;
  readonly content: string;
}

/** What a version consists of, each table after those that it refers to. */
const TABLES = [
  'config_versions',
  'atp_scope_master',
  'vendor_master',
  'approval_role_master',
  'approval_policy_master',
  'approval_policy_stages',
  'cluster_master',
  'cluster_approver_master',
] as const;

/** Reads all rows of a version. */
export async function readCopiedRows(client: Client, configVersionId: string): Promise<CopiedRows[]> {
  const id = client.escapeLiteral(configVersionId);
  const all: CopiedRows[] = [];
  for (const table of TABLES) {
    const column = table === 'config_versions' ? 'id' : 'config_version_id';
    const stream = client.query(copyTo(`copy (select * from ${table} where ${column} = ${id}) to stdout`));
    all.push({ table, content: await text(stream) });
  }
  return all;
}

/** The same rows as another version, with ids of their own. */
export function asAnotherVersion(rows: readonly CopiedRows[], versionNumber: number): CopiedRows[] {
  const ids = new Map<string, string>();
  for (const { content } of rows) {
    for (const line of content.split('\n')) {
      const [id] = line.split('\t');
      if (id !== undefined && id !== '') ids.set(id, newId());
    }
  }
  return rows.map(({ table, content }) => {
    const renamed = content.replaceAll(
      /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g,
      (id) => ids.get(id) ?? id,
    );
    const isVersion = table === 'config_versions';
    return {
      table,
      content: isVersion ? renamed.replace(/(\tAPPROVAL_MATRIX\t)\d+/, `$1${versionNumber}`) : renamed,
    };
  });
}

/** Inserts the rows in one transaction. */
export async function copyRows(client: Client, rows: readonly CopiedRows[]): Promise<void> {
  await client.query('begin');
  for (const { table, content } of rows) {
    const stream = client.query(copyFrom(`copy ${table} from stdin`));
    stream.end(content);
    await once(stream, 'finish');
  }
  await client.query('commit');
}
