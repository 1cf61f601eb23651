import { Client } from 'pg';
import { connectionError } from './connection-error.ts';

/**
 * Runs `statements` one after another on a connection of their own to the database of `url`.
 *
 * @throws {EngineError} when the connection or a statement fails.
 */
export async function runSql(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  // A server that goes away while the connection is idle must not end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    for (const statement of statements) await client.query(statement);
  } catch (error) {
    throw connectionError(error, url);
  } finally {
    await client.end().catch(() => {});
  }
}
