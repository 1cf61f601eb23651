import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { defineConfig } from 'prisma/config';
import { hidePassword } from './src/schema-engine/hidden-password.ts';

const here = import.meta.dirname;

// Prisma would download its native engine; ours is in the repository and never touches the network.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= join(here, 'src/bin/schema-engine.ts');

// Nor does anything else here: no look for updates, no report of what was run.
process.env.CHECKPOINT_DISABLE ??= '1';

// The engine is TypeScript: it needs the workspace's own Node, whichever one started Prisma.
const workspaceBin = join(here, '../../node_modules/.bin');
if (existsSync(join(workspaceBin, 'node'))) {
  process.env.PATH = [workspaceBin, process.env.PATH].join(delimiter);
}

// The URL goes to the engine as an argument, which every user of the machine can read; the engine finds the
// password in its environment. Studio connects from this process and needs the whole URL.
const show = process.argv.includes('studio') ? (url: string) => url : hidePassword;
const { DATABASE_URL: url, SHADOW_DATABASE_URL: shadowUrl } = process.env;
const shadow = shadowUrl ? { shadowDatabaseUrl: show(shadowUrl) } : {};

export default defineConfig({
  schema: join(here, 'prisma/schema'),
  migrations: { path: join(here, 'prisma/migrations') },
  ...(url ? { datasource: { url: show(url), ...shadow } } : {}),
});
