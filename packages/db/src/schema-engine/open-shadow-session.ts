import { randomInt, randomUUID } from 'node:crypto';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { Client, escapeIdentifier } from 'pg';
import { schemaOfUrl, urlOfDatabase } from './database-url.ts';
import { EngineError } from './engine-error.ts';
import { openSession, type ScriptFailure } from './open-session.ts';
import { runSql } from './run-sql.ts';

/** Where the engine works: the database itself and, optionally, one that may be emptied at will. */
export interface Datasource {
  readonly url?: string | undefined;
  readonly shadowDatabaseUrl?: string | undefined;
}

async function onClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Advisory locks belong to one database, so this tells two databases apart whatever their URLs look like. */
async function isSameDatabase(first: string, second: string): Promise<boolean> {
  const key = randomInt(2 ** 47);
  return await onClient(first, async (holder) => {
    await holder.query('select pg_advisory_lock($1)', [key]);
    return await onClient(second, async (other) => {
      const { rows } = await other.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [key]);
      return rows[0]?.free !== true;
    });
  });
}

type OnScriptFailure = (failure: ScriptFailure) => void;

async function openGivenShadow(
  shadowUrl: string,
  url: string | undefined,
  onScriptFailure: OnScriptFailure,
): Promise<SqlDriverAdapter> {
  if (url !== undefined && (await isSameDatabase(url, shadowUrl))) {
    throw new EngineError(
      'P3014',
      'The shadow database is the database itself, and it would be emptied. Please give SHADOW_DATABASE_URL a database of its own.',
    );
  }
  const schema = escapeIdentifier(schemaOfUrl(shadowUrl));
  await runSql(shadowUrl, `drop schema if exists ${schema} cascade`, `create schema ${schema}`);
  return await openSession(shadowUrl, onScriptFailure);
}

async function openCreatedShadow(url: string, onScriptFailure: OnScriptFailure): Promise<SqlDriverAdapter> {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`;
  const quoted = escapeIdentifier(name);
  await runSql(url, `create database ${quoted}`);
  const drop = (): Promise<void> => runSql(url, `drop database if exists ${quoted} with (force)`);
  try {
    const shadowUrl = urlOfDatabase(url, name);
    const reached = await onClient(shadowUrl, async (client) => {
      const { rows } = await client.query<{ name: string }>('select current_database() as name');
      return rows[0]?.name;
    });
    if (reached !== name)
      throw new Error(`Expected the shadow database ${name} but reached ${String(reached)}.`);
    const session = await openSession(shadowUrl, onScriptFailure);
    return {
      ...session,
      dispose: async () => {
        await session.dispose();
        await drop();
      },
    };
  } catch (error) {
    await drop();
    throw error;
  }
}

/**
 * An empty database to replay migrations in: the given shadow database after its schema was reset, else a new
 * one beside the database itself, which disappears when the session is disposed of.
 *
 * @throws {EngineError} P3014 when the given shadow database is the database itself.
 */
export async function openShadowSession(
  { url, shadowDatabaseUrl }: Datasource,
  onScriptFailure: OnScriptFailure,
): Promise<SqlDriverAdapter> {
  if (shadowDatabaseUrl) return await openGivenShadow(shadowDatabaseUrl, url, onScriptFailure);
  if (url) return await openCreatedShadow(url, onScriptFailure);
  throw new EngineError(
    'P3014',
    `No database to replay migrations in: set DATABASE_URL or SHADOW_DATABASE_URL.`,
  );
}
