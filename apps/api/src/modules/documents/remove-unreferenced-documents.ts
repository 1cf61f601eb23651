import { type Database, Prisma } from '@apms/db';
import type { DocumentStore } from '../../document-store.ts';

const BATCH = 500;

/**
 * Removes what uploads left in the store, unfinished ones included, that no document refers to, not even one that was
 * moved aside; tells how many there were. `writtenBefore` lies far enough back for no upload to be between storing
 * and recording, and for nobody to bring a row back from a backup whose content would be gone: weeks, not hours.
 */
export async function removeUnreferencedDocuments(
  database: Pick<Database, 'asSystem'>,
  store: Pick<DocumentStore, 'list' | 'remove'>,
  writtenBefore: Date,
): Promise<number> {
  let removed = 0;
  let batch: string[] = [];
  for await (const storageKey of store.list(writtenBefore)) {
    batch.push(storageKey);
    if (batch.length < BATCH) continue;
    removed += await removeUnreferenced(database, store, batch);
    batch = [];
  }
  return removed + (await removeUnreferenced(database, store, batch));
}

async function removeUnreferenced(
  database: Pick<Database, 'asSystem'>,
  store: Pick<DocumentStore, 'remove'>,
  storageKeys: readonly string[],
): Promise<number> {
  if (storageKeys.length === 0) return 0;
  const unreferenced = await database.asSystem((tx) =>
    tx.query<{ storageKey: string }[]>(Prisma.sql`
      select key as "storageKey" from unnest(${storageKeys}::text[]) as key
      where not exists (select from documents where storage_key = key)
        and not exists (
          select from quarantined_rows q
          where q.table_name = 'documents' and q.restored_at is null and q.row_data ->> 'storage_key' = key
        )`),
  );
  for (const { storageKey } of unreferenced) await store.remove(storageKey);
  return unreferenced.length;
}
