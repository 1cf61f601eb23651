import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { BenchError } from '../bench-error.ts';

/** What a child tells, as long as it lives. */
export interface BenchChild {
  readonly child: ChildProcess;
  /** Sends a message and waits for the next one from the child. */
  ask(message: object | string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Where a child's own words go: into a file, as a production process's do. */
interface ChildOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly output: number;
  readonly nodeOptions?: readonly string[];
}

/** Starts a program of Node as a process that messages are exchanged with. */
export function startChild(file: string, { env, output, nodeOptions = [] }: ChildOptions): BenchChild {
  const child = spawn(process.execPath, [...nodeOptions, file], {
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
    stdio: ['ignore', output, output, 'ipc'],
    serialization: 'advanced',
  });
  const exited = once(child, 'exit');
  return {
    child,
    ask: async (message) => {
      const answered = once(child, 'message');
      child.send(message);
      const ended = exited.then(() => {
        throw new BenchError(`${file} ended before its time`);
      });
      const [answer]: unknown[] = await Promise.race([answered, ended]);
      return answer;
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await exited;
      }
    },
  };
}
