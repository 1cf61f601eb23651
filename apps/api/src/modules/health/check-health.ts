import type { Database } from '@apms/db';
import type { Health } from '@apms/validators';
import manifest from '../../../package.json' with { type: 'json' };
import type { Services } from '../../services.ts';
import { knownMigrations, missingMigrations } from './missing-migrations.ts';

export interface HealthContext {
  readonly database: Pick<Database, 'pool'>;
  readonly services: Pick<Services, 'changes' | 'log'>;
}

/** A database that answers later than this does not answer. */
const ANSWER_LIMIT_MS = 2_000;

/** What of this process works; never throws, and says nothing about why, which is in the log. */
export async function checkHealth({ database, services }: HealthContext): Promise<Health> {
  const missing = await within(ANSWER_LIMIT_MS, missingMigrations(database.pool)).catch((error: unknown) => {
    services.log.warn({ err: error }, 'the database does not answer');
    return null;
  });
  const checks = {
    database: missing !== null,
    migrations: missing?.length === 0,
    changes: services.changes.isListening(),
  };
  const isWell = checks.database && checks.migrations && checks.changes;
  const migration = (await knownMigrations()).at(-1) ?? null;
  return { status: isWell ? 'ok' : 'failing', version: manifest.version, migration, checks };
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
