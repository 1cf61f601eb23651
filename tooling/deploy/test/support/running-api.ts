import { createHash, randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Client } from 'pg';

const MAIN = fileURLToPath(new URL('../../../../apps/api/src/main.ts', import.meta.url));

/** The API as a process of its own, on a free port. */
export interface RunningApi {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the API of this checkout on a database; rejects with what it wrote when it ends instead of listening. */
export async function startApi(databaseUrl: string): Promise<RunningApi> {
  const child = execa(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: databaseUrl,
      SECRET: 'the secret of a process that a test starts',
      PORT: '0',
    },
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  createInterface({ input: child.all }).on('line', (line) => {
    const url = /"url":"(http:[^"]+)".*"listening"/.exec(line)?.[1];
    if (url !== undefined) resolve(url);
  });
  void child.then(({ all }) => reject(new Error(`the API ended: ${all}`)));
  const url = await promise;
  return {
    url,
    async stop() {
      child.kill();
      await child;
    },
  };
}

/** Makes a workspace with a member in these roles and returns an API key of theirs. */
export async function createApiKey(client: Client, roles: readonly string[]): Promise<string> {
  const key = `apms_${randomBytes(32).toString('base64url')}`;
  const hash = createHash('sha256').update(key).digest('base64url');
  await client.query(
    `with workspace as (
       insert into workspaces (id, code, name) values (gen_random_uuid(), 'S', 'Smoke') returning id
     ), person as (
       insert into users (id, email, display_name, status) values ('smoke', 'smoke@people.example', 'Smoke', 'ACTIVE')
       returning id
     ), member as (
       insert into workspace_memberships (id, workspace_id, user_id, role)
       select 'smoke-' || role, workspace.id, person.id, role from workspace, person, unnest($2::text[]) role
     )
     insert into api_keys (id, reference_id, key, start, rate_limit_enabled) select 'smoke', id, $1, 'apms', false from person`,
    [hash, roles],
  );
  return key;
}
