import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { Client, DatabaseError } from 'pg';
import type { Connection, Tls } from './connection.ts';
import { DeployError, type Failure } from './failure.ts';

/**
 * What every session of the tool is set to: nothing that the server or role configured may cut a long step short, and
 * values print the same everywhere, so that content hashes of two databases can be compared.
 */
const SESSION = [
  'set statement_timeout = 0',
  'set lock_timeout = 0',
  'set idle_in_transaction_session_timeout = 0',
  'set idle_session_timeout = 0',
  // Only PostgreSQL 17 and later know it.
  "select set_config(name, '0', false) from pg_settings where name = 'transaction_timeout'",
  'set default_transaction_read_only = off',
  // What is told to be deployed, or put back, must outlast a crash of a server that is set to promise less.
  "select set_config(name, 'on', false) from pg_settings where name = 'synchronous_commit' and setting = 'off'",
  "set timezone = 'UTC'",
  "set datestyle = 'ISO, YMD'",
  "set intervalstyle = 'postgres'",
  "set bytea_output = 'hex'",
  'set extra_float_digits = 1',
  'set client_min_messages = warning',
].join('; ');

const CONNECT_TIMEOUT_MS = 10_000;

async function tlsOptions({ mode, rootCertificate, certificate, key }: Tls) {
  return {
    rejectUnauthorized: mode === 'verify-full' || mode === 'verify-ca',
    ...(mode === 'verify-ca' && { checkServerIdentity: () => undefined }),
    ...(rootCertificate && { ca: await readFile(rootCertificate, 'utf8') }),
    ...(certificate && { cert: await readFile(certificate, 'utf8') }),
    ...(key && { key: await readFile(key, 'utf8') }),
  };
}

/**
 * An open session, which the caller ends.
 * @throws {CONNECTION_FAILED} saying which of host, password or database is wrong.
 */
export async function connect(connection: Connection, applicationName: string): Promise<pg.Client> {
  const { host, port, user, password, database, tls } = connection;
  try {
    const client = new Client({
      host,
      port,
      user,
      password: password ?? '',
      database,
      ...(tls && { ssl: await tlsOptions(tls) }),
      // As Prisma's sessions, whatever the role or the database prefers; a RESET returns to it.
      options: '-c search_path=public',
      application_name: applicationName.slice(0, 63),
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    });
    // A session that dies while idle must fail its next query, not the process.
    client.on('error', () => undefined);
    await client.connect();
    await client.query(SESSION);
    return client;
  } catch (error) {
    throw new DeployError(connectionFailure(connection, error), { cause: error });
  }
}

/** Runs `use` with a session of its own and ends it whatever happens. */
export async function withClient<T>(
  connection: Connection,
  applicationName: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await connect(connection, applicationName);
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Runs `use` in a transaction: committed when it returns, rolled back when it throws. */
export async function withTransaction<T>(
  client: pg.ClientBase,
  begin: string,
  use: () => Promise<T>,
): Promise<T> {
  await client.query(begin);
  try {
    const result = await use();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** A name or text as SQL, for the statements that take no parameters. */
export { escapeIdentifier, escapeLiteral } from 'pg';

/** The server's own error, or undefined when something else was thrown. */
export function databaseError(error: unknown): pg.DatabaseError | undefined {
  return error instanceof DatabaseError ? error : undefined;
}

/** Whether the session is gone: the socket closed, the backend was killed or the server stopped. */
export function isConnectionLoss(error: unknown): boolean {
  const code = databaseError(error)?.code;
  if (code !== undefined) return code.startsWith('08') || code.startsWith('57P');
  return (
    error instanceof Error &&
    /connection (terminated|ended|error)|not queryable|ECONNRESET|EPIPE/i.test(error.message)
  );
}

/** Whether the same again may succeed once the server answers again. */
export function isConnectionProblem(error: unknown): boolean {
  if (error instanceof DeployError)
    return ['CONNECTION_LOST', 'CONNECTION_FAILED'].includes(error.failure.code);
  return isConnectionLoss(error);
}

/** The error, named where the session is gone; any other as it is. */
export function connectionLost(error: unknown, during: string): unknown {
  if (error instanceof DeployError || !isConnectionLoss(error)) return error;
  return new DeployError({ code: 'CONNECTION_LOST', during, problem: messageOf(error) }, { cause: error });
}

const REASONS: Record<string, 'authentication' | 'database-missing'> = {
  '28000': 'authentication',
  '28P01': 'authentication',
  '3D000': 'database-missing',
};

function connectionFailure({ host, port, user, database }: Connection, error: unknown): Failure {
  const code = databaseError(error)?.code;
  const problem = messageOf(error);
  const passwordMissing = /client password must be a string/i.test(problem);
  const reason = passwordMissing
    ? 'authentication'
    : code === undefined
      ? 'unreachable'
      : (REASONS[code] ?? 'refused');
  return { code: 'CONNECTION_FAILED', reason, host, port, user, database, problem };
}

/** A message also for AggregateError, whose own is empty (every address of a host refused). */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
