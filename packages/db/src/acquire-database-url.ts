import { acquireEmbeddedServer } from './embedded/index.ts';

/** The environments that have a database. */
export const ENVIRONMENTS = ['production', 'staging', 'dev'] as const;

export type Environment = (typeof ENVIRONMENTS)[number];

export interface AcquiredDatabaseUrl {
  readonly url: string;
  /** Ends this process's use of the embedded server, if that is where the database is. */
  release(): Promise<void>;
}

/**
 * Where the environment's database is: `<ENVIRONMENT>_DATABASE_URL`, else the database `apms` of the embedded
 * server of that name, which is started when it is not running.
 */
export async function acquireDatabaseUrl(environment: Environment): Promise<AcquiredDatabaseUrl> {
  const url = process.env[`${environment.toUpperCase()}_DATABASE_URL`];
  if (url) return { url, release: () => Promise.resolve() };
  const server = await acquireEmbeddedServer({ name: environment });
  return { url: server.url('apms'), release: () => server.release() };
}
