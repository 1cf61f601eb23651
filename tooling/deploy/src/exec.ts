import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { DeployError } from './failure.ts';

const TAIL_CHARACTERS = 2_000;

/** The end of what a program wrote, where its errors are. */
export function tail(text: string): string {
  const trimmed = text.trim();
  return trimmed.length <= TAIL_CHARACTERS ? trimmed : `… ${trimmed.slice(-TAIL_CHARACTERS)}`;
}

export interface ToolOptions {
  environment: Record<string, string>;
  /** Takes a line of standard error that tells of progress; false when it belongs to an error. */
  takes?: (line: string) => boolean;
  /** Runs it as that user, which only root can; as ourselves when absent. */
  owner?: { uid: number; gid: number } | undefined;
  signal?: AbortSignal | undefined;
}

/** Without what `takes` has taken: what remains is the reason when the program fails. */
function withoutProgress(takes: (line: string) => boolean) {
  return function* (line: unknown) {
    if (!takes(String(line))) yield line;
  };
}

function execaOptions({ environment, owner, signal, takes }: ToolOptions) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'));
  return {
    // A stray PGHOSTADDR or PGSERVICE would lead libpq to another server than the target's.
    extendEnv: false,
    env: { ...Object.fromEntries(inherited), ...environment },
    stdin: 'ignore',
    // Ctrl-C on the terminal reaches a group of processes: what to do about it is for the tool to say.
    detached: true,
    reject: false,
    // The other user may have no access to where we are.
    ...(owner && { uid: owner.uid, gid: owner.gid, cwd: '/' }),
    ...(takes && { stderr: withoutProgress(takes) }),
    ...(signal && { cancelSignal: signal }),
    forceKillAfterDelay: 5_000,
  } as const;
}

/** As often as a person can press Ctrl-C while a program is being started. */
const STARTS = 5;

/**
 * Starts a program that is to have a group of its own (`detached`), and again when SIGINT ends it: between its beginning
 * and its own group Ctrl-C on the terminal still reaches it, and nothing of it has run by then.
 */
export async function apart<T extends { signal?: string | undefined }>(start: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    const result = await start();
    if (result.signal !== 'SIGINT' || count === STARTS) return result;
  }
}

/**
 * Runs a program to its end and returns what it wrote to standard output.
 * @throws {CANCELLED} when the signal ended it; {DISK_FULL, CONNECTION_LOST} when it says so; {TOOL_FAILED} with the end
 * of its standard error otherwise.
 */
export async function runTool(file: string, args: string[], options: ToolOptions): Promise<string> {
  const result = await apart(() => execa(file, args, execaOptions(options)));
  if (result.failed) throw toolError(file, result);
  return result.stdout;
}

/**
 * {@link runTool} for output that is too large to hold: `consume` reads it while the program runs. An error of
 * `consume` ends the program and is what is thrown.
 */
export async function streamTool<T>(
  file: string,
  args: string[],
  options: ToolOptions,
  consume: (output: Readable) => Promise<T>,
): Promise<T> {
  const subprocess = execa(file, args, { ...execaOptions(options), buffer: { stdout: false } });
  let consumed: T;
  try {
    consumed = await consume(subprocess.stdout);
  } catch (error) {
    subprocess.kill();
    const result = await subprocess;
    // Output that ends too early is only how the program's own end was noticed.
    throw isCutShort(error) ? toolError(file, result) : error;
  }
  const result = await subprocess;
  if (result.failed) throw toolError(file, result);
  return consumed;
}

/** Whether an error says only that a stream ended too early, not why. */
export function isCutShort(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

interface ToolResult {
  isCanceled: boolean;
  stderr?: string | undefined;
  shortMessage?: string | undefined;
  exitCode?: number | undefined;
  signal?: string | undefined;
}

function toolError(file: string, result: ToolResult): DeployError {
  if (result.isCanceled) return new DeployError({ code: 'CANCELLED', during: file });
  const problem = tail(result.stderr ?? '') || tail(result.shortMessage ?? '');
  if (/no space left on device|could not write.*: (disk|no space)/i.test(problem)) {
    return new DeployError({ code: 'DISK_FULL', during: file, problem });
  }
  if (/server closed the connection|terminating connection|could not (send|receive) data/i.test(problem)) {
    return new DeployError({ code: 'CONNECTION_LOST', during: file, problem });
  }
  return new DeployError({
    code: 'TOOL_FAILED',
    tool: file,
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
    problem,
  });
}
