import { type ClientBase, DatabaseError } from 'pg';

/** What PostgreSQL made of a statement that was tried. */
export interface Outcome {
  /** SQLSTATE of the refusal, `undefined` when the statement passed. */
  readonly code: string | undefined;
  readonly constraint: string | undefined;
  readonly message: string;
  readonly rowCount: number;
}

/** Runs some work in a savepoint of the current transaction, undoes it, and tells how its last statement ended. */
export async function attempt(
  client: ClientBase,
  work: () => Promise<{ rowCount: number | null } | void>,
): Promise<Outcome> {
  await client.query('savepoint attempt');
  try {
    const result = await work();
    return { code: undefined, constraint: undefined, message: '', rowCount: result?.rowCount ?? 0 };
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return { code: error.code, constraint: error.constraint, message: error.message, rowCount: 0 };
  } finally {
    await client.query('rollback to savepoint attempt');
  }
}
