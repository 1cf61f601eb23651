import { ok, problem } from '../finding.ts';
import type { ServerCheck } from './context.ts';

/**
 * Two sessions that are open at the same time and have the same process on the server are none: a pooler lends that
 * process to whoever has something to say.
 */
export const checkPooler: ServerCheck = async ({ client, second }) => {
  const pid = async (session: typeof client) => {
    const { rows } = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
    return rows[0]?.pid;
  };
  if ((await pid(client)) !== (await pid(second))) return [ok('sessions', "they are the server's own")];
  return [
    problem(
      'pooler',
      'Between here and the server stands a pooler in transaction mode (PgBouncer, say).',
      'Advisory locks, exported snapshots and settings belong to a session; through it two deployments could run at once, and a dump would not match its manifest.',
      "Put the server's own host and port into the URL.",
    ),
  ];
};
