import { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from '@apms/db/testing';
import type { Client } from 'pg';
import { type Identity, identityOf } from './identity.ts';
import { type CliResult, createProject, type Project, type ProjectOptions } from './project.ts';

/** A target database and the project that deploys to it as `staging`. */
export interface Scenario {
  readonly database: TestDatabase;
  readonly project: Project;
  /** What every command of the scenario finds in its environment. */
  readonly env: Record<string, string>;
  /** A session on the target, for looking at it and for changing it by hand. */
  readonly client: Client;
  run(...args: string[]): Promise<CliResult>;
  plan(...args: string[]): Promise<CliResult>;
  identity(): Promise<Identity>;
  remove(): Promise<void>;
}

export interface ScenarioOptions extends ProjectOptions, TestDatabaseOptions {
  /** Migrations that are pending besides the repository's own. */
  migrations?: Record<string, string>;
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
  const { migrations = {}, data } = options;
  const [database, project] = await Promise.all([createTestDatabase(options), createProject(options)]);
  for (const [name, sql] of Object.entries(migrations)) await project.writeMigration(name, sql);
  const client = await database.connect();
  if (data !== undefined) await client.query(data);
  const env = { STAGING_DATABASE_URL: database.url };
  return {
    database,
    project,
    env,
    client,
    run: (...args) => project.deploy(['run', '--env', 'staging', ...args], env),
    plan: (...args) => project.deploy(['plan', '--env', 'staging', ...args], env),
    identity: () => identityOf(database.url),
    async remove() {
      await project.remove();
      await database.drop();
    },
  };
}
