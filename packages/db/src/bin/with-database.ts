#!/usr/bin/env node
import { constants } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { acquireDatabaseUrl, ENVIRONMENTS, type Environment } from '../acquire-database-url.ts';

const USAGE = `Usage: with-database [--env ${ENVIRONMENTS.join('|')}] <command> [arguments…]

Runs the command in packages/db with DATABASE_URL set. Without --env, a DATABASE_URL that is already set is kept;
otherwise the environment is dev.`;

const COMMAND_NOT_FOUND = 127;

interface Invocation {
  readonly environment: Environment | undefined;
  readonly command: string;
  readonly args: readonly string[];
}

/** Only what stands before the command is ours: the rest, `--env` included, belongs to the command. */
function readInvocation(argv: readonly string[]): Invocation | undefined {
  const [first, ...rest] = argv;
  if (first === undefined || first === '--help') return undefined;
  if (!first.startsWith('--env')) return { environment: undefined, command: first, args: rest };
  const [name, [command, ...args]] = first.startsWith('--env=')
    ? [first.slice('--env='.length), rest]
    : [rest[0], rest.slice(1)];
  const environment = ENVIRONMENTS.find((known) => known === name);
  if (environment === undefined || command === undefined) return undefined;
  return { environment, command, args };
}

async function run({ environment, command, args }: Invocation): Promise<number> {
  const given = environment === undefined ? process.env.DATABASE_URL : undefined;
  const database = given ? undefined : await acquireDatabaseUrl(environment ?? 'dev');
  try {
    const directory = join(import.meta.dirname, '../..');
    const result = await execa(command, args, {
      cwd: directory,
      env: { DATABASE_URL: given ?? database?.url },
      preferLocal: true,
      localDir: directory,
      stdio: 'inherit',
      reject: false,
    });
    if (result.exitCode !== undefined) return result.exitCode;
    if (result.signal) return 128 + constants.signals[result.signal];
    console.error(result.shortMessage);
    return COMMAND_NOT_FOUND;
  } finally {
    await database?.release();
  }
}

// The terminal sends Ctrl-C to the command as well; we stay to release the server after it.
process.on('SIGINT', () => {});
const invocation = readInvocation(process.argv.slice(2));
if (invocation === undefined) console.error(USAGE);
process.exitCode = invocation === undefined ? 2 : await run(invocation);
