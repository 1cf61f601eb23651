#!/usr/bin/env node
import { join } from 'node:path';
import { execa } from 'execa';
import { Client } from 'pg';
import { acquireDatabaseUrl } from '../acquire-database-url.ts';
import { seedDatabase } from '../seed/index.ts';

/** Enough to see every state of everything, and made in a second or two. */
const DEMO = { workspaces: 2, workflows: 200 };

/** Starts the database for development, brings it to the newest schema, fills it when it is empty, and stays until Ctrl-C. */
async function serve(): Promise<void> {
  const stopped = untilStopped();
  const { url, release } = await acquireDatabaseUrl('dev');
  try {
    const directory = join(import.meta.dirname, '../..');
    const migrate = ['migrate', 'deploy'];
    await execa('prisma', migrate, {
      cwd: directory,
      preferLocal: true,
      localDir: directory,
      env: { DATABASE_URL: url },
      stdio: 'inherit',
    });
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query<{ empty: boolean }>(
        'select not exists (select from workspaces) as empty',
      );
      if (rows[0]?.empty) await seedDatabase(client, DEMO);
    } finally {
      await client.end();
    }
    // The URL of a server for development, which listens on this machine only: with its password it can be pasted.
    console.log(`\nThe database for development is up; Ctrl-C stops it.\n\n  DATABASE_URL=${url}\n`);
    await stopped;
  } finally {
    await release();
  }
}

function untilStopped(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  // Waiting for a signal alone would not keep the process alive.
  const alive = setInterval(() => undefined, 60_000);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      clearInterval(alive);
      resolve();
    });
  }
  return promise;
}

await serve();
