import { createHash, randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import { createHistoryTable } from '../history-table.ts';

/** Applies a migration whole, with one simple query as Prisma does, and notes it as Prisma would. */
export async function applyMigration(client: ClientBase, name: string, script: Buffer): Promise<void> {
  const startedAt = new Date();
  await client.query(createHistoryTable);
  await client.query(script.toString('utf8'));
  await client.query(
    `insert into _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
     values ($1, $2, now(), $3, $4, 1)`,
    [randomUUID(), createHash('sha256').update(script).digest('hex'), name, startedAt],
  );
}
