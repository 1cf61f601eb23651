import { parse } from 'pg-connection-string';
import { DeployError } from './failure.ts';

/** TLS as the server's URL asked for it; `mode` is libpq's name, so that pg_dump is told the same. */
export interface Tls {
  mode: string;
  rootCertificate?: string;
  certificate?: string;
  key?: string;
}

/** One database of one server, and who connects to it. Holds a password: never print it, see {@link describe}. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | undefined;
  readonly database: string;
  readonly tls: Tls | undefined;
}

const ENCODE =
  'A user name or password must be percent-encoded in a URL: @ as %40, : as %3A, / as %2F, # as %23, ? as %3F, % as %25.';

/**
 * A connection from a `postgresql://` URL as libpq and Prisma write it. Prisma's own parameters (`schema`,
 * `connection_limit` …) are ignored, but a schema other than `public` is refused.
 * @throws {URL_INVALID} naming the variable, never the value.
 */
export function parseConnection(url: string, variable: string): Connection {
  const invalid = (problem: string) => new DeployError({ code: 'URL_INVALID', variable, problem });
  let parts: URL;
  try {
    parts = new URL(url);
  } catch {
    throw invalid(`It is not a URL. ${ENCODE}`);
  }
  if (!['postgres:', 'postgresql:'].includes(parts.protocol))
    throw invalid('It must begin with postgresql://.');
  if (parts.hash !== '' || parts.pathname.includes('@') || parts.pathname.slice(1).includes('/')) {
    throw invalid(`It cannot be split into user, host and database. ${ENCODE}`);
  }
  const schema = parts.searchParams.get('schema');
  if (schema !== null && schema !== 'public')
    throw invalid(`Its schema is "${schema}"; only "public" is deployed.`);

  let parsed: ReturnType<typeof parse>;
  let database: string;
  try {
    parsed = parse(withoutCertificates(parts));
    // The library leaves = ? & and some more encoded in the database's name.
    database = decodeURIComponent(parts.pathname.slice(1));
  } catch {
    throw invalid(ENCODE);
  }
  const { host, port, user, password } = parsed;
  if (!host) throw invalid('It names no host.');
  if (!user) throw invalid('It names no user.');
  if (!database) throw invalid('It names no database.');
  return {
    host,
    port: Number(port || 5432),
    user,
    password: password ?? undefined,
    database,
    tls: tlsOf(parts),
  };
}

/** pg-connection-string would read the certificate files at once; they are read when a connection is made. */
function withoutCertificates(parts: URL): string {
  const copy = new URL(parts);
  for (const name of ['sslmode', 'sslrootcert', 'sslcert', 'sslkey']) copy.searchParams.delete(name);
  return copy.href;
}

function tlsOf(parts: URL): Tls | undefined {
  const mode = parts.searchParams.get('sslmode');
  if (mode === null || mode === 'disable') return undefined;
  const file = (name: string) => parts.searchParams.get(name) ?? undefined;
  const [rootCertificate, certificate, key] = [file('sslrootcert'), file('sslcert'), file('sslkey')];
  return {
    mode,
    ...(rootCertificate && { rootCertificate }),
    ...(certificate && { certificate }),
    ...(key && { key }),
  };
}

/** The same server and user, another database. */
export function onDatabase(connection: Connection, database: string): Connection {
  return { ...connection, database };
}

/** `user@host:port/database`, safe to print. */
export function describe({ user, host, port, database }: Connection): string {
  return `${user}@${host}:${port}/${database}`;
}
