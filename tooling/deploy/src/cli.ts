#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Command } from 'commander';
import { exitCodeOf } from './exit-codes.ts';
import { explain } from './explain.ts';
import { toFailure } from './failure.ts';
import type { CommandOptions } from './open-run.ts';

// PostgreSQL's parser is WebAssembly: optimising it takes half a gigabyte, and longer than everything it is asked for.
for (const flag of ['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering'])
  setFlagsFromString(flag);

// Not in the temporary directory, where others could leave code for us to run. Where none can be written, there is none.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compile'));

/** Runs a command and turns whatever it throws into one paragraph and an exit code. */
async function main(work: () => Promise<number>, json: boolean): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    const failure = toFailure(error);
    const message = explain(failure);
    const exitCode = exitCodeOf(failure.code);
    if (json)
      process.stdout.write(`${JSON.stringify({ type: 'error', code: failure.code, message, exitCode })}\n`);
    else process.stderr.write(`${message}\n`);
    process.exitCode = exitCode;
  }
}

/** A command with what every command takes; each one's own options are all optional texts. */
type Action = (
  options: CommandOptions & Partial<Record<OwnOption, string>>,
  ...args: string[]
) => Promise<number>;
type OwnOption = 'acceptHold' | 'to' | 'as';

/** Each command's code is loaded when it is called, so that `--help` and short commands start fast. */
function command(parent: Command, name: string, description: string, load: () => Promise<Action>): Command {
  return parent
    .command(name)
    .description(description)
    .option('--env <name>', 'target of deploy.config.ts', 'production')
    .option('--config <file>', 'another deploy.config.ts')
    .option('--json', 'one JSON object a line instead of text', false)
    .option('--yes', 'ask nothing', false)
    .action(async (...parameters: unknown[]) => {
      const self = parameters.at(-1);
      if (!(self instanceof Command)) return;
      const options = self.opts<Parameters<Action>[0]>();
      await main(async () => (await load())(options, ...self.args), options.json);
    });
}

const program = new Command('deploy')
  .description('Takes a database to the new schema, proven, or leaves it exactly where it was.')
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError('(see deploy --help)')
  .addHelpText(
    'after',
    '\nExit codes: 0 deployed or nothing to do, 1 failed and rolled back, 2 usage, configuration or environment,\n3 NO-GO, 4 HOLD, 5 locked, 6 rollback failed.',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

command(
  program,
  'run',
  'back up, rehearse, migrate, verify; roll back on failure',
  async () => (await import('./commands/run.ts')).runCommand,
).option('--accept-hold <reason>', 'go on in spite of a HOLD; the reason is recorded');
command(
  program,
  'plan',
  'everything up to the first write',
  async () => (await import('./commands/plan.ts')).planCommand,
);
command(
  program,
  'verify',
  'the validation suite against the target',
  async () => (await import('./commands/verify.ts')).verifyCommand,
);
command(
  program,
  'status',
  'where the target stands',
  async () => (await import('./commands/status.ts')).statusCommand,
);
command(
  program,
  'history',
  'what was deployed, the newest last',
  async () => (await import('./commands/history.ts')).historyCommand,
);
command(
  program,
  'rollback',
  'back to the backup of the last or a named deployment',
  async () => (await import('./commands/rollback.ts')).rollbackCommand,
).option(
  '--to <deployment>',
  'the deployment whose backup to go back to (default: the last one that deployed)',
);

const backup = program.command('backup').description('backups of a target');
command(
  backup,
  'create',
  'make a backup now',
  async () => (await import('./commands/backup-create.ts')).backupCreateCommand,
);
command(
  backup,
  'list',
  'the backups, the newest last',
  async () => (await import('./commands/backup-list.ts')).backupListCommand,
);
command(
  backup,
  'verify',
  'restore a backup into scratch and compare it with its manifest',
  async () => (await import('./commands/backup-verify.ts')).backupVerifyCommand,
).argument('[backup]', 'its id (default: the newest)');
command(
  backup,
  'restore',
  'restore a backup beside the target, which stays as it is',
  async () => (await import('./commands/backup-restore.ts')).backupRestoreCommand,
)
  .argument('[backup]', 'its id (default: the newest)')
  .option('--as <name>', 'name of the new database (default: restored_<backup>)');

await program.parseAsync();
