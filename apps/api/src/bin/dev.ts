#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { acquireDatabaseUrl, deployMigrations } from '@apms/db/development';
import { execa } from 'execa';
import { pino } from 'pino';
import { DEMO_PASSWORD, demoStaff } from '../demo/demo-people.ts';
import { DEMO_CODE, fillDemo } from '../demo/fill-demo.ts';
import { readEnv } from '../env.ts';
import { installQueues } from '../jobs/install-queues.ts';
import { openServices } from '../open-services.ts';

/** Where the development server of the console listens. */
const CONSOLE_URL = 'http://127.0.0.1:5173';

const root = join(import.meta.dirname, '../../../..');
const api = join(import.meta.dirname, '../..');

/**
 * Everything for development: the database, its migrations, the demonstration in it, and the API, started anew whenever
 * a source changes. Stays until Ctrl-C.
 */
async function serve(): Promise<void> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  const { url, release } = await acquireDatabaseUrl('dev');
  try {
    await deployMigrations(url);
    await installQueues(url);
    const variables = {
      ...process.env,
      NODE_ENV: 'development',
      // Vite serves the pages, as they are in the sources.
      APP_URL: CONSOLE_URL,
      TRUSTED_ORIGINS: CONSOLE_URL.replace('127.0.0.1', 'localhost'),
      CONSOLE_DIR: 'off',
      DATABASE_URL: url,
      // Not known outside this run: whoever is logged in stays so only as long as it lasts.
      SECRET: randomBytes(32).toString('hex'),
      DOCUMENTS_DIR: join(root, '.apms/dev-documents'),
      DEPLOYMENTS_DIR: join(root, '.deploy'),
    };
    await prepareDemo(variables);
    const running = execa('node', ['--watch', '--watch-preserve-output', join(api, 'src/main.ts')], {
      cwd: api,
      env: variables,
      preferLocal: true,
      localDir: root,
      reject: false,
      forceKillAfterDelay: 10_000,
      cancelSignal: stopping.signal,
      stdin: 'ignore',
      stderr: 'inherit',
    }).pipe('pino-pretty', ['--ignore', 'pid,hostname'], {
      preferLocal: true,
      localDir: api,
      stdout: 'inherit',
      reject: false,
    });
    await sayWhere(readEnv(variables).API_URL, url, stopping.signal);
    await running;
  } finally {
    await release();
  }
}

/** Fills a database that has no demonstration yet. */
async function prepareDemo(variables: Readonly<Record<string, string | undefined>>): Promise<void> {
  const opened = openServices(readEnv(variables), pino({ level: 'warn' }));
  try {
    if ((await opened.database.prisma.workspace.count({ where: { code: DEMO_CODE } })) > 0) return;
    console.log('Filling the database with a demonstration …');
    await fillDemo(opened);
  } finally {
    await opened.close();
  }
}

async function sayWhere(apiUrl: string, databaseUrl: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await isAnswering(apiUrl))) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  if (signal.aborted) return;
  const people = Object.values(demoStaff).map(
    ({ email, roles }) => `    ${email.padEnd(22)}${roles.join(', ')}`,
  );
  // The database listens on this machine only: its URL can be pasted with the password in it.
  console.log(`
  API        ${apiUrl}  (tRPC at /trpc, REST at /rest, described by /openapi.json)
  Database   ${databaseUrl}
  Example    npx pnpm@12 --filter @apms/example-accept-a-site start

  Log in with the password ${DEMO_PASSWORD}:
${people.join('\n')}
    and the approvers whom the workbook names: see the example

  Ctrl-C stops everything.
`);
}

async function isAnswering(apiUrl: string): Promise<boolean> {
  const response = await fetch(new URL('/livez', apiUrl)).catch(() => null);
  return response?.ok ?? false;
}

await serve();
