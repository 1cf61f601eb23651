import { execa } from 'execa';
import { BenchError } from './bench-error.ts';
import { watchPeakMemory } from './watch-peak-memory.ts';

/** What a program took. */
export interface ProgramRun {
  readonly ms: number;
  /** The most memory that it held at once; zero where the system does not tell. */
  readonly peakBytes: number;
  readonly stdout: string;
}

/**
 * Runs a program as a process, its start included in the time.
 * @throws {BenchError} when it exits with another code than the one expected, with the end of what it said.
 */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: { env: Record<string, string>; cwd?: string; exitCode?: number; signal: AbortSignal },
): Promise<ProgramRun> {
  const { env, cwd, exitCode = 0, signal } = options;
  const startedAt = performance.now();
  const child = execa(file, args, {
    env,
    ...(cwd === undefined ? {} : { cwd }),
    cancelSignal: signal,
    stdin: 'ignore',
    reject: false,
  });
  const peak = watchPeakMemory(child.pid);
  const result = await child;
  const ms = performance.now() - startedAt;
  const peakBytes = peak.stop();
  signal.throwIfAborted();
  if (result.exitCode !== exitCode) {
    const said = `${result.stdout}\n${result.stderr}`.trim().slice(-2_000);
    throw new BenchError(`${file} ${args.join(' ')} failed (exit code ${result.exitCode}): ${said}`);
  }
  return { ms, peakBytes, stdout: result.stdout };
}
