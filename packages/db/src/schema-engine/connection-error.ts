import { DatabaseError } from 'pg';
import { EngineError } from './engine-error.ts';

/** The part of a driver's or socket's error that tells why a connection failed. */
function reasonOf(error: unknown): { code: string; message: string } {
  // A host with several addresses fails with one error for each; they rarely differ in kind.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  if (!(first instanceof Error)) return { code: '', message: String(first) };
  return { code: 'code' in first ? String(first.code) : '', message: first.message };
}

/** Says in Prisma's words, and under its code, why the database of `url` cannot be used. */
export function connectionError(error: unknown, url: string): EngineError {
  const { code, message } = reasonOf(error);
  const { hostname, port, username, pathname } = new URL(url);
  const address = `${hostname}:${port || '5432'}`;
  const database = decodeURIComponent(pathname.slice(1));
  const cause = { cause: error };
  switch (code) {
    case '28P01':
    case '28000':
      return new EngineError(
        'P1000',
        `Authentication failed against database server at \`${address}\`, the provided database credentials for \`${decodeURIComponent(username)}\` are not valid.`,
        cause,
      );
    case '3D000':
      return new EngineError(
        'P1003',
        `Database \`${database}\` does not exist on the database server at \`${address}\`.`,
        cause,
      );
    case '42P04':
      return new EngineError(
        'P1009',
        `Database \`${database}\` already exists on the database server at \`${address}\`.`,
        cause,
      );
    case '42501':
      return new EngineError(
        'P1010',
        `User was denied access on the database \`${database}\`: ${message}`,
        cause,
      );
    default:
      // The server answered, and it neither is shutting down (57), nor full (53), nor lost (08).
      if (error instanceof DatabaseError && !/^(57|53|08)/.test(code)) {
        return new EngineError('P3000', `The database server at \`${address}\` refused: ${message}`, cause);
      }
      return new EngineError(
        'P1001',
        `Can't reach database server at \`${address}\`\n\nPlease make sure your database server is running at \`${address}\`. (${message || code})`,
        cause,
      );
  }
}
