import pg from 'pg';
import { EngineError } from './engine-error.ts';

/**
 * Explains, as Prisma's own engine does, which migration has failed in the database of `url` and why; undefined
 * when none has. The engine's own error does not say it, but the row that it leaves behind does.
 */
export async function failedMigrationError(url: string): Promise<EngineError | undefined> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    const { rows } = await client.query<{ migration_name: string; logs: string | null }>(
      `select migration_name, logs from _prisma_migrations
       where finished_at is null and rolled_back_at is null and logs is not null
       order by started_at desc limit 1`,
    );
    const failed = rows[0];
    if (!failed) return undefined;
    return new EngineError(
      'P3018',
      `A migration failed to apply. New migrations cannot be applied before the error is recovered from. Read more about how to resolve migration issues in a production database: https://pris.ly/d/migrate-resolve\n\nMigration name: ${failed.migration_name}\n\n${failed.logs ?? ''}`,
    );
  } finally {
    await client.end();
  }
}
