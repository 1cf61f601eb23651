import { type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { readPostmaster } from '@apms/db/embedded';
import pRetry from 'p-retry';
import type { HookCommand } from '../../config.ts';
import { tail } from '../../exec.ts';
import { DeployError } from '../../failure.ts';
import { messageOf, withClient } from '../../postgres.ts';
import type { Target } from '../../target.ts';
import { requirePgbackrest } from './require-pgbackrest.ts';

const POLL_MS = 200;

/** A target, and where what its commands write goes. */
export interface ServerCommandOptions {
  applicationName: string;
  outputFile: string;
}

/**
 * Stops the target's server by the configured command; nothing to do when none runs.
 * @throws {TOOL_FAILED} when it runs still, whatever the command said.
 */
export async function stopServer(target: Target, { outputFile }: ServerCommandOptions): Promise<void> {
  const { dataDirectory, stop } = requirePgbackrest(target);
  const isRunning = () => readPostmaster(dataDirectory)?.isAlive === true;
  if (!isRunning()) return;
  const failure = await runCommand(stop, outputFile);
  if (!isRunning()) return;
  throw failure ?? commandFailed(stop, { problem: `the server on ${dataDirectory} still runs` });
}

/**
 * Starts the target's server by the configured command, unless it runs, and waits until the target answers.
 * @throws {TOOL_FAILED, CONNECTION_FAILED}
 */
export async function startServer(
  target: Target,
  { applicationName, outputFile }: ServerCommandOptions,
): Promise<void> {
  const { dataDirectory, start } = requirePgbackrest(target);
  const isRunning = () => readPostmaster(dataDirectory)?.isAlive === true;
  if (!isRunning()) {
    const failure = await runCommand(start, outputFile);
    if (failure !== undefined) throw failure;
  }
  await pRetry(() => withClient(target.connection, applicationName, (client) => client.query('select 1')), {
    retries: Math.ceil(start.timeoutMs / POLL_MS),
    minTimeout: POLL_MS,
    factor: 1,
    shouldRetry: isRunning,
  });
}

/** A server keeps the streams of whoever starts it open for as long as it lives, so they are a file and not pipes. */
async function runCommand(command: HookCommand, outputFile: string): Promise<DeployError | undefined> {
  const [file = '', ...args] = command.command;
  await using output = await open(outputFile, 'w', 0o600);
  const stdio: StdioOptions = ['ignore', output.fd, output.fd];
  const child = spawn(file, args, { stdio, timeout: command.timeoutMs, detached: true });
  try {
    const [exitCode, signal]: unknown[] = await once(child, 'exit');
    if (exitCode === 0) return undefined;
    const problem = tail(await readFile(outputFile, 'utf8'));
    return commandFailed(command, {
      exitCode: typeof exitCode === 'number' ? exitCode : null,
      signal: typeof signal === 'string' ? signal : null,
      problem,
    });
  } catch (error) {
    return commandFailed(command, { problem: messageOf(error) });
  }
}

function commandFailed(
  { command }: HookCommand,
  facts: { exitCode?: number | null; signal?: string | null; problem: string },
): DeployError {
  return new DeployError({
    code: 'TOOL_FAILED',
    tool: command.join(' '),
    exitCode: null,
    signal: null,
    ...facts,
  });
}
