import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The API as a process of its own. */
export interface ApiProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it wrote so far. */
  output(): string;
  /** Its exit code, once it has ended. */
  readonly exited: Promise<number | null>;
}

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Starts `main.ts` on a free port. Rejects with what it wrote when it ends instead of listening. */
export async function startProcess(env: Readonly<Record<string, string>>): Promise<ApiProcess> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'] ?? '',
      SECRET: 'the secret of a process that a test starts',
      PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that fails leaves no process behind.
  process.once('exit', () => child.kill('SIGKILL'));
  let output = '';
  const listening = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const url = /"url":"(http:[^"]+)"[^\n]*"listening"/.exec(output)?.[1];
      if (url !== undefined) listening.resolve(url);
    });
  }
  const exited = once(child, 'exit').then(([code]: unknown[]) => {
    listening.reject(new Error(`the API ended: ${output}`));
    return typeof code === 'number' ? code : null;
  });
  const url = await listening.promise;
  return { url, child, output: () => output, exited };
}
