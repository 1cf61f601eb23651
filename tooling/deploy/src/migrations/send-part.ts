import type pg from 'pg';
import { DeployError, type SqlFailure } from '../failure.ts';
import { databaseError, isConnectionLoss, messageOf } from '../postgres.ts';
import { locate } from '../sql/locate.ts';
import type { Statement } from '../sql/parse.ts';
import type { Part } from '../sql/part.ts';

const RETRIED = new Set(['55P03', '40P01']);

/** Whether the statement only had to wait too long, or was the deadlock's victim: the same again may succeed. */
export function isLockConflict(error: unknown): boolean {
  return RETRIED.has(databaseError(error)?.code ?? '');
}

/**
 * Sends a part of a migration as one simple query, whole.
 * @param begins told of each statement as it becomes the one at work.
 * @throws {MIGRATION_FAILED} with the file's line and the statement; a lock conflict is thrown as the server sent it.
 */
export async function sendPart(
  client: pg.Client,
  part: Part,
  begins?: (statement: Statement) => void,
): Promise<void> {
  let completed = 0;
  const tell = () => {
    const statement = part.statements[completed];
    if (statement !== undefined) begins?.(statement);
  };
  const count = () => {
    completed += 1;
    tell();
  };
  tell();
  client.connection.on('commandComplete', count);
  try {
    await client.query(part.sql);
  } catch (error) {
    if (isLockConflict(error)) throw error;
    if (isConnectionLoss(error)) {
      throw new DeployError(
        { code: 'CONNECTION_LOST', during: `migration ${part.migration}`, problem: messageOf(error) },
        { cause: error },
      );
    }
    throw new DeployError(
      { code: 'MIGRATION_FAILED', ...sqlFailure(part, completed, error) },
      { cause: error },
    );
  } finally {
    client.connection.off('commandComplete', count);
  }
}

/** The server names a position only for some errors; for the others the statements it completed are counted. */
function sqlFailure(part: Part, completed: number, error: unknown): SqlFailure {
  const server = databaseError(error);
  const position = server?.position === undefined ? undefined : locate(part, Number(server.position));
  const statement = position?.statement ?? part.statements[completed];
  return {
    migration: part.migration,
    file: `${part.migration}/migration.sql`,
    line: position?.line ?? statement?.startLine ?? null,
    column: position?.column ?? statement?.startColumn ?? null,
    statement: statement?.text ?? null,
    sqlState: server?.code ?? null,
    message: messageOf(error),
    detail: server?.detail ?? null,
    hint: server?.hint ?? null,
  };
}
