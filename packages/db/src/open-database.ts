import { PrismaPg } from '@prisma/adapter-pg';
import { Pool, type PoolClient } from 'pg';
import { validate } from 'uuid';
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { sendAtOnce } from './send-at-once.ts';
import { type SqlTransaction, sqlTransaction } from './sql-transaction.ts';
import { statementNames } from './statement-names.ts';

export interface DatabaseOptions {
  readonly connectionString: string;
  /** The most connections that are open at once; 10 when absent. */
  readonly max?: number;
  /** How long to wait for a connection, from the pool or the server; 5,000 ms when absent. */
  readonly connectionTimeoutMs?: number;
  /** How long one statement may take; 30,000 ms when absent. */
  readonly statementTimeoutMs?: number;
  /** The most prepared statements kept on a connection; 500 when absent, 0 behind a pooler that forbids them. */
  readonly maxStatements?: number;
  readonly applicationName?: string;
  /** Told of connections that broke while nobody used them; the next use opens a new one. */
  readonly onConnectionError?: (error: Error) => void;
}

/** On whose behalf rows are read and written. */
export interface WorkspaceScope {
  readonly workspaceId: string;
  readonly userId: string;
}

/** The database of the API: everything workspace-scoped goes through {@link Database.inWorkspace}. */
export interface Database {
  /** Acts as the login user, outside any workspace: for the authentication's own tables. */
  readonly prisma: PrismaClient;
  readonly pool: Pool;
  /** One workspace as one person sees it. @throws {TypeError} when the workspace's id is not a UUID */
  inWorkspace(scope: WorkspaceScope): WorkspaceDb;
  /** What a person sees outside any workspace: their memberships and those workspaces. */
  asPerson<Rows>(userId: string, query: Prisma.Sql): Promise<Rows>;
  /** A transaction that changes a person's own account, outside any workspace; nobody's is that of a stranger. */
  personTransaction<T>(userId: string, work: (tx: SqlTransaction) => Promise<T>): Promise<T>;
  /** A transaction of the system's own work across workspaces, as the role `apms_jobs`. */
  asSystem<T>(work: (tx: SqlTransaction, client: PoolClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The rows of one workspace, as the role `apms_api`: row-level security shows no others. */
export interface WorkspaceDb {
  readonly scope: WorkspaceScope;
  /** The rows of one statement that only reads, in one round trip and a transaction of its own. */
  query<Rows>(query: Prisma.Sql, options?: QueryOptions): Promise<Rows>;
  /** Commits what `work` wrote; what it throws rolls everything back and is thrown on. */
  transaction<T>(work: (tx: SqlTransaction) => Promise<T>): Promise<T>;
}

export interface QueryOptions {
  /**
   * `generic` plans the statement once a connection, whatever its values; else PostgreSQL plans it again for each call
   * for as long as it thinks that the values matter.
   */
  readonly plan?: 'generic';
}

/** The part of a session that a transaction sets for itself. */
interface Role extends WorkspaceScope, QueryOptions {
  readonly role: 'apms_api' | 'apms_jobs';
}

/** The database's word for: this user may not act as that role, or there is no such role. */
const ROLE_REFUSED = /role "(apms_\w+)"/;

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
  pool.on('error', options.onConnectionError ?? (() => undefined));
  // The pool listens only to idle connections; one that breaks in use fails its statement as well.
  pool.on('connect', (client) => client.on('error', () => undefined));
  // Prisma and plain SQL share the connections and so the names.
  const statementNameGenerator = statementNames(options.maxStatements ?? 500);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator }) });

  /** Sends `begin`, the role and `work`'s first statements in one flight. */
  async function transact<T>(
    role: Role,
    work: (tx: SqlTransaction, client: PoolClient) => Promise<T>,
  ): Promise<T> {
    return await withConnection(pool, async (client) => {
      const opened = open(client, 'begin', role);
      // It may fail while the work waits for something else; it is awaited below.
      opened.catch(() => undefined);
      const tx = sqlTransaction(client, statementNameGenerator);
      let failure: unknown;
      const noting: SqlTransaction = {
        query: async <Rows>(query: Prisma.Sql) => {
          try {
            return await tx.query<Rows>(query);
          } catch (error) {
            failure ??= error;
            throw error;
          }
        },
      };
      try {
        const result = await work(noting, client);
        await opened;
        const { command } = await client.query('commit');
        // PostgreSQL answers ROLLBACK, not an error, when somebody swallowed the failure of a statement.
        if (command !== 'COMMIT') throw new Error('a statement of the transaction failed unnoticed');
        return result;
      } catch (error) {
        // On a lost connection there is nothing left to roll back.
        await client.query('rollback').catch(() => undefined);
        // The work's own statements hear only that the transaction is aborted, not why.
        await opened;
        // So do statements that were sent together with the one that failed: that one says why.
        throw isAborted(error) ? (failure ?? error) : error;
      }
    });
  }

  /** Sends everything, `commit` included, in one flight. */
  async function readOnce<Rows>(role: Role, query: Prisma.Sql): Promise<Rows> {
    return await withConnection(pool, async (client) => {
      const opened = open(client, 'begin read only', role);
      const reading = sqlTransaction(client, statementNameGenerator).query<Rows>(query);
      const [begun, read] = await Promise.allSettled([opened, reading, client.query('commit')]);
      if (begun.status === 'rejected') throw begun.reason;
      if (read.status === 'rejected') throw read.reason;
      return read.value;
    });
  }

  return {
    prisma,
    pool,
    inWorkspace: (scope) => {
      if (!validate(scope.workspaceId)) throw new TypeError(`Not a workspace id: ${scope.workspaceId}`);
      const role: Role = { role: 'apms_api', ...scope };
      return {
        scope,
        query: (query, wanted) => readOnce({ ...role, ...wanted }, query),
        transaction: (work) => transact(role, work),
      };
    },
    asPerson: (userId, query) => readOnce({ role: 'apms_api', workspaceId: '', userId }, query),
    personTransaction: (userId, work) => transact({ role: 'apms_api', workspaceId: '', userId }, work),
    asSystem: (work) => transact({ role: 'apms_jobs', workspaceId: '', userId: '' }, work),
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/** Whether a statement was refused only because one before it had failed. */
function isAborted(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '25P02';
}

/** Lends a connection; one that is left inside a transaction, because it broke, is thrown away. */
async function withConnection<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release(client.getTransactionStatus() !== 'I');
  }
}

/** Begins a transaction that acts as the role until its end. */
async function open(client: PoolClient, begin: string, role: Role): Promise<void> {
  sendAtOnce(client);
  try {
    await Promise.all([
      client.query(begin),
      client.query({
        name: 'apms_scope',
        // Setting `role` this way is SET LOCAL ROLE, in the same round trip as the rest.
        text: `select set_config('role', $1, true), set_config('app.workspace_id', $2, true),
                      set_config('app.user_id', $3, true), set_config('plan_cache_mode', $4, true)`,
        values: [
          role.role,
          role.workspaceId,
          role.userId,
          role.plan === 'generic' ? 'force_generic_plan' : 'auto',
        ],
      }),
    ]);
  } catch (error) {
    if (!(error instanceof Error) || !ROLE_REFUSED.test(error.message)) throw error;
    throw new Error(
      `The database user may not act as the role ${role.role}: apply the migrations, then GRANT ${role.role} TO that user.`,
      { cause: error },
    );
  }
}
