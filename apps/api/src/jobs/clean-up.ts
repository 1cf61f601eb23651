import { type Database, Prisma } from '@apms/db';
import type { DocumentStore } from '../document-store.ts';
import { removeUnreferencedDocuments } from '../modules/documents/remove-unreferenced-documents.ts';

/** What has expired and is of no use to anybody. */
const expiring = ['sessions', 'verifications', 'idempotency_keys'] as const;

const BATCH = 1_000;

/**
 * How long a file stays after nothing refers to it any more: longer than anybody goes back to a backup, or to the
 * database of before a deployment, whose documents would else be without their contents.
 */
export const UNREFERENCED_DAYS = 35;

const DAY_MS = 24 * 60 * 60 * 1000;

export interface CleanUpOptions {
  readonly now: Date;
  readonly signal: AbortSignal;
  /** {@link UNREFERENCED_DAYS} when absent. */
  readonly unreferencedDays?: number;
}

export interface CleanedUp {
  readonly rows: number;
  readonly files: number;
}

/** Deletes what has expired, batch by batch, and files that no document refers to. */
export async function cleanUp(
  database: Pick<Database, 'asSystem'>,
  documents: Pick<DocumentStore, 'list' | 'remove'>,
  { now, signal, unreferencedDays = UNREFERENCED_DAYS }: CleanUpOptions,
): Promise<CleanedUp> {
  let rows = 0;
  for (const table of expiring) {
    const name = Prisma.raw(table);
    let deleted: number;
    do {
      signal.throwIfAborted();
      deleted = await database.asSystem(
        async (tx) =>
          (
            await tx.query<unknown[]>(Prisma.sql`
              delete from ${name} where id in (select id from ${name} where expires_at < ${now} limit ${BATCH})
              returning id`)
          ).length,
      );
      rows += deleted;
    } while (deleted === BATCH);
  }
  signal.throwIfAborted();
  const writtenBefore = new Date(now.getTime() - unreferencedDays * DAY_MS);
  const files = await removeUnreferencedDocuments(database, documents, writtenBefore);
  return { rows, files };
}
