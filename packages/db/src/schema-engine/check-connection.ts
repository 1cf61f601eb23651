import { runSql } from './run-sql.ts';

/**
 * Proves that the database of `url` can be used.
 *
 * @throws {EngineError} P1000, P1001, P1003 or P1010 when it cannot.
 */
export async function checkConnection(url: string): Promise<void> {
  await runSql(url, 'select 1');
}
