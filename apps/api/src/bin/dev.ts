#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { acquireDatabaseUrl, deployMigrations } from '@apms/db/development';
import { execa } from 'execa';
import { pino } from 'pino';
import { DEMO_PASSWORD, demoStaff } from '../demo/demo-people.ts';
import { DEMO_CODE, fillDemo } from '../demo/fill-demo.ts';
import { type Env, readEnv } from '../env.ts';
import { installQueues } from '../jobs/install-queues.ts';
import { openServices } from '../open-services.ts';

/** Where the development server of the console listens, which reads the same variable. */
const { APP_URL = 'http://127.0.0.1:5173' } = process.env;

const root = join(import.meta.dirname, '../../../..');
const api = join(import.meta.dirname, '../..');

/**
 * Everything for development but the console's pages, which Vite serves beside it: the database, its migrations, the
 * demonstration in it, and the API, started anew whenever a source changes. Stays until Ctrl-C.
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
      APP_URL,
      TRUSTED_ORIGINS: new URL(APP_URL).origin.replace('127.0.0.1', 'localhost'),
      CONSOLE_DIR: 'off',
      DATABASE_URL: url,
      // Not known outside this run: whoever is logged in stays so only as long as it lasts.
      SECRET: randomBytes(32).toString('hex'),
      DOCUMENTS_DIR: join(root, '.apms/dev-documents'),
      DEPLOYMENTS_DIR: join(root, '.deploy'),
    };
    const approvers = await prepareDemo(variables);
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
    await sayWhere(readEnv(variables), approvers, stopping.signal);
    await running;
  } finally {
    await release();
  }
}

/** Fills a database that has no demonstration yet. @returns the addresses of its approvers */
async function prepareDemo(variables: Readonly<Record<string, string | undefined>>): Promise<string[]> {
  const opened = openServices(readEnv(variables), pino({ level: 'warn' }));
  try {
    const { prisma } = opened.database;
    if ((await prisma.workspace.count({ where: { code: DEMO_CODE } })) === 0) {
      console.log('Filling the database with a demonstration …');
      await fillDemo(opened);
    }
    const approvers = await prisma.workspaceMembership.findMany({
      where: { role: 'APPROVER', workspace: { code: DEMO_CODE } },
      select: { user: { select: { email: true } } },
      orderBy: { id: 'asc' },
    });
    return approvers.map(({ user }) => user.email);
  } finally {
    await opened.close();
  }
}

async function sayWhere(
  { APP_URL: consoleUrl, API_URL: apiUrl, DATABASE_URL: databaseUrl }: Env,
  approvers: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted && !(await isAnswering(apiUrl))) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  if (signal.aborted) return;
  const staff = Object.values(demoStaff).map(({ email, roles }) => ({ email, roles: roles.join(', ') }));
  const people = [...staff, ...approvers.map((email) => ({ email, roles: 'APPROVER' }))];
  const width = Math.max(...people.map(({ email }) => email.length)) + 2;
  // The database listens on this machine only: its URL can be pasted with the password in it.
  console.log(`
  Console    ${consoleUrl}
  API        ${apiUrl}  (tRPC at /trpc, REST at /rest, described by /openapi.json)
  Database   ${databaseUrl}
  Example    npx pnpm@12 --filter @apms/example-accept-a-site start

  Log in with the password ${DEMO_PASSWORD}:
${people.map(({ email, roles }) => `    ${email.padEnd(width)}${roles}`).join('\n')}

  Ctrl-C stops everything.
`);
}

async function isAnswering(apiUrl: string): Promise<boolean> {
  const response = await fetch(new URL('/livez', apiUrl)).catch(() => null);
  return response?.ok ?? false;
}

await serve();
