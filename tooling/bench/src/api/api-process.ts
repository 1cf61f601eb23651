import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import { startChild } from './child-process.ts';
import type { SentStatement } from './sent-statement.ts';

/** The API as a process of its own, as in production but for its limits of requests. */
export interface ApiProcess {
  readonly url: string;
  readonly pid: number;
  /** What it sent to the database since it was asked last; only of a process that records. */
  takeStatements(): Promise<SentStatement[]>;
  stop(): Promise<void>;
}

export interface ApiProcessOptions {
  readonly database: string;
  /** Whether it remembers its statements, which makes it slow. */
  readonly records?: boolean;
}

/** Connections of the pool of the API, its default, and of the floor. */
export const POOL_SIZE = 10;

const MAIN = fileURLToPath(new URL('main.ts', import.meta.resolve('@apms/api')));
const RECORDER = new URL('record-statements.ts', import.meta.url).href;
const STARTING_MS = 30_000;
const UNLIMITED = '1000000000';

let started = 0;

/** Starts `main.ts` on a free port. @throws {BenchError} with what it said when it does not come to listen */
export async function startApiProcess(
  { directory, server, signal }: Bench,
  { database, records = false }: ApiProcessOptions,
): Promise<ApiProcess> {
  started += 1;
  const log = join(directory, `api-${started}.log`);
  const file = await open(log, 'w');
  const { child, ask, stop } = startChild(MAIN, {
    output: file.fd,
    nodeOptions: records ? ['--import', RECORDER] : [],
    env: {
      DATABASE_URL: server.url(database),
      DATABASE_CONNECTIONS: `${POOL_SIZE}`,
      SECRET: 'the secret of a process that a bench starts',
      PORT: '0',
      DOCUMENTS_DIR: join(directory, 'documents'),
      DEPLOYMENTS_DIR: join(directory, 'deployments'),
      REQUESTS_PER_MINUTE: UNLIMITED,
      SIGN_INS_PER_MINUTE: UNLIMITED,
    },
  });
  await file.close();
  const deadline = performance.now() + STARTING_MS;
  for (;;) {
    signal.throwIfAborted();
    const output = await readFile(log, 'utf8');
    const url = /"url":"(http:[^"]+)"[^\n]*"listening"/.exec(output)?.[1];
    if (url !== undefined) {
      const takeStatements = async () => statementsOf(await ask({}));
      return { url, pid: child.pid ?? 0, takeStatements, stop };
    }
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop();
      throw new BenchError(`the API did not start: ${output.slice(-2_000)}`);
    }
    await sleep(20);
  }
}

function statementsOf(message: unknown): SentStatement[] {
  if (!Array.isArray(message)) throw new BenchError('the API does not record its statements');
  return message;
}
