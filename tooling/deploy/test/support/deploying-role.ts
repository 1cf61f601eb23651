import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** A login role without superuser's rights, and a database that it owns. */
export interface DeployingRole {
  readonly name: string;
  readonly database: string;
  readonly url: string;
  /** As the server's superuser, in the maintenance database. */
  admin(sql: string): Promise<void>;
  remove(): Promise<void>;
}

export interface DeployingRoleOptions {
  /** What the role may do besides logging in. */
  attributes?: string;
  /** Roles it is a member of. */
  memberOf?: string[];
  password?: string;
  /** Put before a random part. */
  database?: string;
  /** The role does not own the database. */
  foreign?: boolean;
}

/** What docs/runbooks/deploy.md asks for. */
export const DOCUMENTED = {
  attributes: 'createdb bypassrls',
  memberOf: ['pg_signal_backend', 'apms_api', 'apms_jobs'],
};

/** Makes a role and its empty database on the project's server, on which the roles of the API must exist already. */
export async function createDeployingRole(options: DeployingRoleOptions = {}): Promise<DeployingRole> {
  const { attributes = '', memberOf = [], password = 'sesame-4711', foreign = false } = options;
  const server = new URL(inject('testServer').url);
  const suffix = randomBytes(4).toString('hex');
  const name = `deployer_${suffix}`;
  const database = `${options.database ?? 'deployed'} ${suffix}`;
  const admin = async (sql: string) => {
    const client = new pg.Client({ connectionString: server.href });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  const [role, quoted] = [pg.escapeIdentifier(name), pg.escapeIdentifier(database)];
  await admin(`create role ${role} login ${attributes} password ${pg.escapeLiteral(password)}`);
  for (const group of memberOf) await admin(`grant ${group} to ${role}`);
  await admin(`create database ${quoted} template template0 ${foreign ? '' : `owner ${role}`}`);

  const url = new URL(server);
  url.username = name;
  url.password = encodeURIComponent(password);
  // pg's own parser, which the tests use, leaves an encoded = as it is.
  url.pathname = `/${encodeURIComponent(database).replaceAll('%3D', '=')}`;
  return {
    name,
    database,
    url: url.href,
    admin,
    async remove() {
      const client = new pg.Client({ connectionString: server.href });
      await client.connect();
      const { rows } = await client.query<{ datname: string }>(
        'select datname from pg_database where datname = $1 or datdba = (select oid from pg_roles where rolname = $2)',
        [database, name],
      );
      for (const { datname } of rows)
        await client.query(`drop database ${pg.escapeIdentifier(datname)} with (force)`);
      await client.query(`drop role ${role}`);
      await client.end();
    },
  };
}
