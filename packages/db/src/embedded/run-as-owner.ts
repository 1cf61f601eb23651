import { execa } from 'execa';
import type { ClusterOwner } from './cluster-owner.ts';

/** How a program ended and all that it has printed. */
export interface ProgramResult {
  readonly succeeded: boolean;
  readonly output: string;
}

/**
 * Runs one of PostgreSQL's programs as the cluster's owner, in an environment of its own, so that
 * neither the caller's PG* variables nor its locale or working directory change what it does.
 */
export async function runAsOwner(
  program: string,
  args: readonly string[],
  owner: ClusterOwner | undefined,
  input?: string,
): Promise<ProgramResult> {
  const result = await execa(program, args, {
    ...owner,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    all: true,
    cwd: '/',
    extendEnv: false,
    env: { HOME: '/', LC_ALL: 'C', PATH: process.env['PATH'] },
    reject: false,
    // The server outlives us: it must not be ended with the process that happened to start it.
    cleanup: false,
  });
  return { succeeded: !result.failed, output: result.all || (result.shortMessage ?? '') };
}
