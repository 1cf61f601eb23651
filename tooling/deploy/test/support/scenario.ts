import {
  applyMigration,
  createTestDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
} from '@apms/db/testing';
import type { Client, QueryResultRow } from 'pg';
import { type Identity, identityOf } from './identity.ts';
import { type CliResult, createProject, type Project, type ProjectOptions } from './project.ts';

/** A target database and the project that deploys to it as `staging`. */
export interface Scenario {
  readonly database: TestDatabase;
  readonly project: Project;
  /** What every command of the scenario finds in its environment. */
  readonly env: Record<string, string>;
  /** Looks at the target or changes it by hand, in a session of its own. */
  readonly query: <Row extends QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>;
  readonly run: (...args: string[]) => Promise<CliResult>;
  readonly plan: (...args: string[]) => Promise<CliResult>;
  readonly identity: () => Promise<Identity>;
  remove(): Promise<void>;
}

export interface ScenarioOptions extends ProjectOptions, TestDatabaseOptions {
  /** Migrations that the target has besides the repository's own, and those that it has yet to get. */
  applied?: Record<string, string>;
  pending?: Record<string, string>;
  /** SQL that fills the target. */
  data?: string;
}

/** Five sites of one workspace, two of which share their region. */
export const SITES = `
insert into workspaces (id, code, name) values ('00000000-0000-4000-8000-000000000001', 'W1', 'First');
insert into sites (id, workspace_id, site_code, name, region)
select 'site-' || n, '00000000-0000-4000-8000-000000000001', 'S' || n, 'Site ' || n, 'R' || least(n, 4)
  from generate_series(1, 5) n;`;

/** Makes a target and its project; the target has every migration of the repository unless a template is named. */
export async function createScenario(options: ScenarioOptions = {}): Promise<Scenario> {
  const { applied = {}, pending = {}, data } = options;
  const [database, project] = await Promise.all([createTestDatabase(options), createProject(options)]);
  const migrations = Object.entries({ ...applied, ...pending });
  await Promise.all(migrations.map(([name, sql]) => project.writeMigration(name, sql)));
  const withClient = async <T>(use: (client: Client) => Promise<T>): Promise<T> => {
    const client = await database.connect();
    try {
      return await use(client);
    } finally {
      await client.end();
    }
  };
  await withClient(async (client) => {
    for (const [name, sql] of Object.entries(applied)) await applyMigration(client, name, Buffer.from(sql));
    if (data !== undefined) await client.query(data);
  });
  const env = { STAGING_DATABASE_URL: database.url };
  return {
    database,
    project,
    env,
    query: (sql, values) => withClient(async (client) => (await client.query(sql, values)).rows),
    run: (...args) => project.deploy(['run', '--env', 'staging', ...args], env),
    plan: (...args) => project.deploy(['plan', '--env', 'staging', ...args], env),
    identity: () => identityOf(database.url),
    async remove() {
      await project.remove();
      await database.drop();
    },
  };
}
