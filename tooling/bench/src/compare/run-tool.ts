import { kill } from 'node:process';
import { execa } from 'execa';
import type { Command } from './tool.ts';

/** How a tool's process ended. */
export interface ToolRun {
  /** Null when it was killed. */
  readonly exitCode: number | null;
  readonly ms: number;
  /** Both streams, as a person would see them. */
  readonly output: string;
}

/** A tool at work. */
export interface RunningTool {
  readonly result: Promise<ToolRun>;
  isRunning(): boolean;
  /** SIGKILL for the tool and all that it has started. */
  kill(): void;
}

/** A tool that waits for longer waits for ever, as far as this bench can tell. */
const LONGEST_MS = 120_000;

/** Starts a tool as the leader of a process group of its own. */
export function startTool(
  { file, args, env }: Command,
  { directory, signal }: { directory: string; signal: AbortSignal },
): RunningTool {
  const startedAt = performance.now();
  const child = execa(file, args, {
    cwd: directory,
    env: { HOME: directory, TMPDIR: directory, NO_COLOR: '1', PATH: process.env['PATH'] ?? '', ...env },
    extendEnv: false,
    detached: true,
    stdin: 'ignore',
    all: true,
    reject: false,
  });
  let running = true;
  const killAll = () => {
    if (running && child.pid !== undefined) kill(-child.pid, 'SIGKILL');
  };
  const timer = setTimeout(killAll, LONGEST_MS);
  signal.addEventListener('abort', killAll, { once: true });
  const finish = async (): Promise<ToolRun> => {
    const { exitCode = null, all } = await child;
    running = false;
    clearTimeout(timer);
    signal.removeEventListener('abort', killAll);
    signal.throwIfAborted();
    return { exitCode, ms: performance.now() - startedAt, output: all };
  };
  return { result: finish(), isRunning: () => running, kill: killAll };
}
