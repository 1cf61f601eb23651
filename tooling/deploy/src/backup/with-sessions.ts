import type pg from 'pg';
import type { Connection } from '../connection.ts';
import { connect, withClient } from '../postgres.ts';

export interface Session {
  client: pg.Client;
  pid: number;
}

/**
 * Runs `use` with sessions of its own. An aborted signal ends them on the server at once, so that no long query goes on
 * there, with its locks, after the tool has given up.
 */
export async function withSessions<T>(
  connection: Connection,
  applicationName: string,
  signal: AbortSignal | undefined,
  use: (first: Session, second: Session) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const sessions: Session[] = [];
  const terminate = () => {
    const pids = sessions.map(({ pid }) => pid);
    void withClient(connection, applicationName, (client) =>
      client.query('select pg_terminate_backend(pid) from unnest($1::int[]) as u (pid)', [pids]),
    ).catch(() => undefined);
  };
  try {
    const first = await openSession(connection, applicationName, sessions);
    const second = await openSession(connection, applicationName, sessions);
    signal?.addEventListener('abort', terminate, { once: true });
    return await use(first, second);
  } finally {
    signal?.removeEventListener('abort', terminate);
    await Promise.all(sessions.map(({ client }) => client.end().catch(() => undefined)));
  }
}

async function openSession(
  connection: Connection,
  applicationName: string,
  sessions: Session[],
): Promise<Session> {
  const client = await connect(connection, applicationName);
  const session = { client, pid: 0 };
  sessions.push(session);
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  session.pid = rows[0]?.pid ?? 0;
  return session;
}
