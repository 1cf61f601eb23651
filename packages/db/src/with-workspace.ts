import { validate } from 'uuid';
import type { Prisma } from '../generated/prisma/client.ts';
import type { Db } from './create-db.ts';

/** On whose behalf rows are read and written. */
export interface WorkspaceScope {
  readonly workspaceId: string;
  readonly userId: string;
}

/** The client inside a transaction: it sees the rows of one workspace only. */
export type WorkspaceTransaction = Prisma.TransactionClient;

/** How long a transaction may wait for a connection and how long it may then take. */
export interface WorkspaceTransactionOptions {
  readonly maxWaitMs?: number;
  readonly timeoutMs?: number;
}

/** The database's word for: this user may not act as that role, or there is no such role. */
const ROLE_REFUSED = /role "apms_api"/;

function setScope(tx: WorkspaceTransaction, { workspaceId, userId }: WorkspaceScope): Promise<unknown> {
  // Setting `role` this way is SET LOCAL ROLE, in the same round trip as the rest.
  return tx.$executeRaw`
    select set_config('role', 'apms_api', true),
           set_config('app.workspace_id', ${workspaceId}, true),
           set_config('app.user_id', ${userId}, true)`;
}

/**
 * Runs `work` in a transaction that acts as the role `apms_api`: row-level security shows it the rows of this
 * workspace and no other. What `work` throws rolls the transaction back and is thrown on.
 *
 * @throws {TypeError} when the workspace's id is not a UUID.
 */
export async function withWorkspace<T>(
  db: Db,
  scope: WorkspaceScope,
  work: (tx: WorkspaceTransaction) => Promise<T>,
  { maxWaitMs = 2_000, timeoutMs = 10_000 }: WorkspaceTransactionOptions = {},
): Promise<T> {
  if (!validate(scope.workspaceId)) throw new TypeError(`Not a workspace id: ${scope.workspaceId}`);
  return await db.$transaction(
    async (tx) => {
      try {
        await setScope(tx, scope);
      } catch (error) {
        if (!(error instanceof Error) || !ROLE_REFUSED.test(error.message)) throw error;
        throw new Error(
          'The database user may not act as the role apms_api: apply the migrations, then GRANT apms_api TO that user.',
          { cause: error },
        );
      }
      return await work(tx);
    },
    { maxWait: maxWaitMs, timeout: timeoutMs },
  );
}
