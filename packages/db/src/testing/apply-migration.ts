import { createHash, randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';

/** The table in which Prisma notes the migrations that it has applied, as Prisma makes it. */
const tableDefinition = `
create table if not exists _prisma_migrations (
  id                  varchar(36) primary key not null,
  checksum            varchar(64) not null,
  finished_at         timestamptz,
  migration_name      varchar(255) not null,
  logs                text,
  rolled_back_at      timestamptz,
  started_at          timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

/** Applies a migration whole, with one simple query as Prisma does, and notes it as Prisma would. */
export async function applyMigration(client: ClientBase, name: string, script: Buffer): Promise<void> {
  const startedAt = new Date();
  await client.query(tableDefinition);
  await client.query(script.toString('utf8'));
  await client.query(
    `insert into _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
     values ($1, $2, now(), $3, $4, 1)`,
    [randomUUID(), createHash('sha256').update(script).digest('hex'), name, startedAt],
  );
}
