import { randomBytes } from 'node:crypto';
import { type Client, escapeIdentifier } from 'pg';
import { createTestDatabase } from '../src/testing/index.ts';

/** An empty database that belongs to a role of its own, which is no superuser. */
export interface OwnedDatabase {
  readonly role: string;
  /** Connects as the role, whose password needs encoding in a URL. */
  readonly url: string;
  /** A connection that acts as the role. */
  readonly client: Client;
  tables(): Promise<string[]>;
  /** The role's other databases: the shadow databases of one test, and of no test beside it. */
  otherDatabases(): Promise<string[]>;
  drop(): Promise<void>;
}

const PASSWORD = 'p@ss:/#';

/** Makes the role and its database. */
export async function createOwnedDatabase(): Promise<OwnedDatabase> {
  const database = await createTestDatabase({ template: 'empty' });
  const client = await database.connect();
  const role = `owner_${randomBytes(6).toString('hex')}`;
  await client.query(`create role ${role} login createdb password '${PASSWORD}'`);
  await client.query(`grant ${role} to current_user`);
  await client.query(`alter database ${database.name} owner to ${role}`);
  await client.query(`alter schema public owner to ${role}`);
  await client.query(`set role ${role}`);
  const url = new URL(database.url);
  url.username = role;
  url.password = encodeURIComponent(PASSWORD);

  const otherDatabases = async (connection: Client): Promise<string[]> => {
    const { rows } = await connection.query<{ datname: string }>(
      'select datname from pg_database where pg_get_userbyid(datdba) = $1 and datname <> $2',
      [role, database.name],
    );
    return rows.map((row) => row.datname);
  };
  return {
    role,
    url: url.href,
    client,
    tables: async () => {
      const { rows } = await client.query<{ tablename: string }>(
        `select tablename from pg_tables where schemaname = 'public' order by 1`,
      );
      return rows.map((row) => row.tablename);
    },
    otherDatabases: () => otherDatabases(client),
    drop: async () => {
      await database.drop();
      const other = await createTestDatabase({ template: 'empty' });
      const admin = await other.connect();
      for (const name of await otherDatabases(admin)) {
        await admin.query(`drop database ${escapeIdentifier(name)} with (force)`);
      }
      await admin.query(`drop role ${role}`);
      await other.drop();
    },
  };
}
