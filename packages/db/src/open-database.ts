import { PrismaPg } from '@prisma/adapter-pg';
import { Pool, type PoolClient } from 'pg';
import { validate } from 'uuid';
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts';
import type { Db } from './create-db.ts';
import { type SqlTransaction, sqlTransaction } from './sql-transaction.ts';
import { statementNames } from './statement-names.ts';
import {
  type WorkspaceScope,
  type WorkspaceTransaction,
  type WorkspaceTransactionOptions,
  withWorkspace,
} from './with-workspace.ts';

export interface DatabaseOptions {
  readonly connectionString: string;
  /** The most connections that are open at once; 10 when absent. */
  readonly max?: number;
  /** How long to wait for a connection, from the pool or the server; 5,000 ms when absent. */
  readonly connectionTimeoutMs?: number;
  /** How long one statement may take; 30,000 ms when absent. */
  readonly statementTimeoutMs?: number;
  readonly applicationName?: string;
  /** Told of connections that broke while nobody used them; the next use opens a new one. */
  readonly onConnectionError?: (error: Error) => void;
}

/** The database of the API: everything workspace-scoped goes through {@link Database.inWorkspace}. */
export interface Database {
  /** Acts as the login user, outside any workspace: for the authentication's own tables. */
  readonly prisma: Db;
  readonly pool: Pool;
  /** One workspace as one person sees it. */
  inWorkspace(scope: WorkspaceScope): WorkspaceDb;
  /** What a person sees outside any workspace: their memberships and those workspaces. */
  asPerson<Rows>(userId: string, query: Prisma.Sql): Promise<Rows>;
  /** A transaction of the system's own work across workspaces, as the role `apms_jobs`. */
  asSystem<T>(work: (tx: SqlTransaction, client: PoolClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * The rows of one workspace, as the role `apms_api` with row-level security. What `work` throws rolls its
 * transaction back and is thrown on.
 */
export interface WorkspaceDb {
  readonly scope: WorkspaceScope;
  /** The rows of one statement that only reads, in one round trip and a transaction of its own. */
  query<Rows>(query: Prisma.Sql): Promise<Rows>;
  /** A transaction with Prisma's client. */
  transaction<T>(
    work: (tx: WorkspaceTransaction) => Promise<T>,
    options?: WorkspaceTransactionOptions,
  ): Promise<T>;
  /** A transaction of plain SQL, with the fewest round trips. */
  sqlTransaction<T>(work: (tx: SqlTransaction, client: PoolClient) => Promise<T>): Promise<T>;
}

/** The part of a session that a transaction sets for itself. */
interface Role {
  readonly role: 'apms_api' | 'apms_jobs';
  readonly workspaceId: string;
  readonly userId: string;
}

/** Connects on first use; a server that goes away is reported by the statement that needs it. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new Pool({
    connectionString: options.connectionString,
    max: options.max ?? 10,
    connectionTimeoutMillis: options.connectionTimeoutMs ?? 5_000,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    application_name: options.applicationName ?? 'apms-api',
    pipeline: true,
  });
  const onError = options.onConnectionError ?? (() => undefined);
  pool.on('error', onError);
  // The pool listens only to idle connections; one that breaks in use fails its statement as well.
  pool.on('connect', (client) => client.on('error', () => undefined));
  // Prisma and plain SQL share the connections and so the names.
  const nameOf = statementNames(500);
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: nameOf }),
  });

  /** Sends `begin`, the role and `work`'s first statements in one flight. */
  async function transact<T>(
    role: Role,
    begin: string,
    work: (tx: SqlTransaction, client: PoolClient) => Promise<T>,
  ): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      const opened = Promise.all([client.query(begin), client.query(setRole(role))]);
      // Whoever awaits the work's statements hears only that the transaction is aborted, not why.
      const first = opened.then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      let result: T;
      try {
        result = await work(sqlTransaction(client, nameOf), client);
      } catch (error) {
        throw (await first)?.error ?? error;
      }
      await opened;
      const { command } = await client.query('commit');
      if (command !== 'COMMIT')
        throw new Error('a statement of the transaction failed unnoticed: rolled back');
      return result;
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** Sends everything, `commit` included, in one flight. */
  async function readOnce<Rows>(role: Role, query: Prisma.Sql): Promise<Rows> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      const opened = Promise.all([client.query('begin read only'), client.query(setRole(role))]);
      const rows = sqlTransaction(client, nameOf).$queryRaw<Rows>(query);
      const closed = client.query('commit');
      const [begun, read, ended] = await Promise.allSettled([opened, rows, closed]);
      if (ended.status === 'rejected') broken = new Error('the connection is lost', { cause: ended.reason });
      if (begun.status === 'rejected') throw begun.reason;
      if (read.status === 'rejected') throw read.reason;
      return read.value;
    } finally {
      client.release(broken);
    }
  }

  return {
    prisma,
    pool,
    inWorkspace: (scope) => {
      if (!validate(scope.workspaceId)) throw new TypeError(`Not a workspace id: ${scope.workspaceId}`);
      const role: Role = { role: 'apms_api', ...scope };
      return {
        scope,
        query: (query) => readOnce(role, query),
        transaction: (work, limits) => withWorkspace(prisma, scope, work, limits),
        sqlTransaction: (work) => transact(role, 'begin', work),
      };
    },
    asPerson: (userId, query) => readOnce({ role: 'apms_api', workspaceId: '', userId }, query),
    asSystem: (work) => transact({ role: 'apms_jobs', workspaceId: '', userId: '' }, 'begin', work),
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

function setRole({ role, workspaceId, userId }: Role): { name: string; text: string; values: string[] } {
  return {
    name: 'apms_scope',
    text: `select set_config('role', $1, true), set_config('app.workspace_id', $2, true), set_config('app.user_id', $3, true)`,
    values: [role, workspaceId, userId],
  };
}
