import { newId, Prisma, type SqlTransaction, type WorkspaceDb } from '@apms/db';
import { AppError } from './errors.ts';

/** One mutation that a client may send again. */
export interface IdempotentCall {
  readonly key: string;
  readonly procedure: string;
  /** SHA-256 of the input, in hex: the same key with another input is a mistake. */
  readonly requestHash: string;
  readonly now: Date;
}

/** How long an answer is remembered. */
const REMEMBERED_MS = 24 * 60 * 60 * 1000;

/**
 * The same database, whose transactions happen once for a key: a repetition gets the first one's answer and changes
 * nothing. Key, effect and answer are committed together; of simultaneous calls the others wait for the first.
 * A transaction's result is its answer, so a mutation returns what its transaction returned.
 */
export function onceFor(call: IdempotentCall, db: WorkspaceDb): WorkspaceDb {
  return {
    ...db,
    transaction: (work) =>
      db.transaction(async (tx) => {
        const id = await claim(tx, call, db);
        if (id === null) return await readAnswer(tx, call, db);
        const answer = await work(tx);
        await tx.query(Prisma.sql`
          update idempotency_keys
          set response = ${JSON.stringify(answer ?? null)}::jsonb, completed_at = ${call.now}
          where id = ${id}`);
        return answer;
      }),
  };
}

/** The id of the claim; null when the key is somebody's already. Waits while its first use is not yet committed. */
async function claim(
  tx: SqlTransaction,
  { key, procedure, requestHash, now }: IdempotentCall,
  { scope }: WorkspaceDb,
): Promise<string | null> {
  const expiresAt = new Date(now.getTime() + REMEMBERED_MS);
  const [row] = await tx.query<{ id: string }[]>(Prisma.sql`
    insert into idempotency_keys as known
      (id, workspace_id, user_id, key, procedure, request_hash, created_at, expires_at)
    values (${newId()}, ${scope.workspaceId}::uuid, ${scope.userId}, ${key}, ${procedure}, ${requestHash},
            ${now}, ${expiresAt})
    on conflict (workspace_id, user_id, key) do update
      set procedure = excluded.procedure, request_hash = excluded.request_hash, response = null,
          completed_at = null, created_at = excluded.created_at, expires_at = excluded.expires_at
      where known.expires_at <= excluded.created_at
    returning id`);
  return row?.id ?? null;
}

interface Answer<T> {
  readonly procedure: string;
  readonly requestHash: string;
  readonly response: T;
}

async function readAnswer<T>(tx: SqlTransaction, call: IdempotentCall, { scope }: WorkspaceDb): Promise<T> {
  const [answer] = await tx.query<Answer<T>[]>(Prisma.sql`
    select procedure, request_hash as "requestHash", response
    from idempotency_keys
    where workspace_id = ${scope.workspaceId}::uuid and user_id = ${scope.userId} and key = ${call.key}`);
  if (answer?.procedure !== call.procedure || answer.requestHash !== call.requestHash) {
    throw new AppError({ code: 'IDEMPOTENCY_KEY_REUSED', key: call.key });
  }
  return answer.response;
}
