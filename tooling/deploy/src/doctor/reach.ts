import { lookup } from 'node:dns/promises';
import { connect as openSocket } from 'node:net';
import { type Connection, describe } from '../connection.ts';
import { toFailure } from '../failure.ts';
import { connect, messageOf } from '../postgres.ts';
import { type DoctorFinding, ok, problem } from './finding.ts';

const PATIENCE_MS = 5_000;

/** Finds out how far the way to a database leads: name, port, TLS, password, database; the first that fails is told. */
export async function checkReach(connection: Connection): Promise<DoctorFinding> {
  const { host, port } = connection;
  // A path is a socket of this machine.
  if (!host.startsWith('/')) {
    const way = (await checkName(host)) ?? (await checkPort(host, port));
    if (way !== undefined) return way;
  }
  try {
    const client = await connect(connection, 'apms-deploy doctor');
    await client.end();
    return ok('connection', describe(connection));
  } catch (error) {
    return refusal(connection, error);
  }
}

async function checkName(host: string): Promise<DoctorFinding | undefined> {
  try {
    await lookup(host);
    return undefined;
  } catch (error) {
    return problem(
      'name',
      `"${host}" has no address: ${messageOf(error)}.`,
      "The server cannot be looked for; its name is misspelt, or this machine's DNS does not know it.",
      `getent hosts ${host}`,
    );
  }
}

async function checkPort(host: string, port: number): Promise<DoctorFinding | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const socket = openSocket({ host, port, timeout: PATIENCE_MS });
  socket.once('connect', () => resolve(undefined));
  socket.once('timeout', () => resolve(`nothing answers within ${PATIENCE_MS / 1_000} s`));
  socket.once('error', (error) => resolve(messageOf(error)));
  const said = await promise;
  socket.destroy();
  if (said === undefined) return undefined;
  return problem(
    'port',
    `${host}:${port} is not to be reached: ${said}.`,
    'The server does not run, listens elsewhere (listen_addresses, port), or a firewall is in between.',
    `pg_isready -h ${host} -p ${port}`,
  );
}

/** What the server said, or who spoke in its place. */
function refusal(connection: Connection, error: unknown): DoctorFinding {
  const { host, user, database } = connection;
  const failure = toFailure(error);
  const [said, reason] =
    failure.code === 'CONNECTION_FAILED' ? [failure.problem, failure.reason] : [messageOf(error), 'refused'];
  if (/unsupported startup parameter/i.test(said)) {
    return problem(
      'pooler',
      `Between here and the server stands PgBouncer: ${said}.`,
      'Locks, exported snapshots and cancelling belong to one session, which a pooler does not give.',
      "Put the server's own host and port into the URL.",
    );
  }
  if (/ssl|tls|certificate|self[- ]signed/i.test(said)) {
    return problem(
      'TLS',
      `No encrypted connection to ${host}: ${said}.`,
      'The server offers no TLS, or its certificate is not signed by whom sslrootcert names, or is for another name.',
      'Compare sslmode and sslrootcert in the URL with: openssl s_client -starttls postgres -connect HOST:PORT',
    );
  }
  if (reason === 'authentication') {
    return problem(
      'password',
      `The server refuses the user "${user}" or the password: ${said}.`,
      'The URL holds an old password, or pg_hba.conf does not let this user in from here.',
      `Set it anew: \\password ${user} (in psql, as an administrator), then correct the URL.`,
    );
  }
  if (reason === 'database-missing') {
    return problem(
      'database',
      `The server has no database "${database}".`,
      'The URL names another one, or it has yet to be created.',
      `createdb --owner=${user} ${database}`,
    );
  }
  return problem(
    'session',
    `The server refuses the session: ${said}.`,
    'Until it lets this user in, nothing can be deployed.',
    "See the server's log for the reason.",
  );
}
