import type { ClientBase } from 'pg';

/** Runs `work` in a savepoint that is always rolled back; its result or error comes out, its writes do not. */
export async function inSavepoint<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('savepoint validation');
  try {
    return await work();
  } finally {
    await client.query('rollback to savepoint validation; release savepoint validation');
  }
}
