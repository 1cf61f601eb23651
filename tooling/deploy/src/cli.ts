#!/usr/bin/env -S node --max-semi-space-size=1
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { InitOptions } from './commands/init.ts';
import { LINT_FORMATS, LINT_SEVERITIES, type LintOptions } from './commands/lint-options.ts';
import { exitCodeOf } from './exit-codes.ts';
import { explain } from './explain.ts';
import { toFailure } from './failure.ts';
import type { CommandOptions } from './open-run.ts';
import { REPORT_FORMATS, type ReportFormat } from './report/report-formats.ts';

// The first line keeps the young generation small, which has to be said before the start: a third of the memory, and no more time.
// PostgreSQL's parser is WebAssembly: optimising it takes half a gigabyte, and longer than everything it is asked for.
for (const flag of ['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering'])
  setFlagsFromString(flag);

// Not in the temporary directory, where others could leave code for us to run. Where none can be written, there is none.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compile'));

// Whoever watched may be gone (a closed terminal, the end of a pipe): a run goes on to where it is safe, unseen.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

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

/** A command with what every command takes; each one's own options are all optional. */
type Action = (
  options: CommandOptions &
    Partial<Record<OwnOption, string> & Record<OwnFlag, boolean>> & { format?: ReportFormat },
  ...args: string[]
) => Promise<number>;
type OwnOption = 'acceptHold' | 'to' | 'as' | 'at' | 'emitSql' | 'keep' | 'olderThan' | 'serverUrlVariable';
type OwnFlag = 'dryRun' | 'all';

/** Ends a command's help: what people call it for. */
function examples(...lines: string[]): ['after', string] {
  return ['after', ['', 'Examples:', ...lines.map((line) => `  $ ${line}`)].join('\n')];
}

/** Each command's code is loaded when it is called, so that `--help` and short commands start fast. */
function command(parent: Command, name: string, description: string, load: () => Promise<Action>): Command {
  return parent
    .command(name)
    .description(description)
    .option('--env <name>', 'target of deploy.config.ts', 'production')
    .option('--config <file>', 'another deploy.config.ts')
    .option('--json', 'one JSON object a line instead of text', false)
    .option('--quiet', 'only the verdict, and what went wrong', false)
    .option('--yes', 'ask nothing', false)
    .action(async (...parameters: unknown[]) => {
      const self = parameters.at(-1);
      if (!(self instanceof Command)) return;
      const options = self.opts<Parameters<Action>[0]>();
      await main(async () => (await load())(options, ...self.args), options.json);
    });
}

const HELP = `
Exit codes:
  0  deployed, or nothing to do      4  HOLD
  1  failed and rolled back          5  locked by another deployment
  2  usage, configuration or         6  the rollback itself failed
     environment                   130  ended at once by a second Ctrl-C
  3  NO-GO

Environment:
  PRODUCTION_DATABASE_URL, …       the targets' URLs, named in deploy.config.ts
  DEPLOY_STATE_DIR                 where backups, journals and reports lie (default: .deploy)
  PG_BIN_DIR                       directory of pg_dump and pg_restore
  CI, NODE_ENV=production          no embedded server where a URL is missing
  NO_COLOR, FORCE_COLOR            colours never, or always`;

/** A whole number of an option. */
function whole(text: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new InvalidArgumentError(
    `It must be a whole number from ${least} on${most < Number.MAX_SAFE_INTEGER ? ` to ${most}` : ''}.`,
  );
}

const program = new Command('deploy')
  .description('Takes a database to the new schema, proven, or leaves it exactly where it was.')
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError('(see deploy --help)')
  .addHelpText('afterAll', HELP)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

command(
  program,
  'run',
  'back up, rehearse, migrate, verify; roll back on failure',
  async () => (await import('./commands/run.ts')).runCommand,
)
  .option('--accept-hold <reason>', 'go on in spite of a HOLD; the reason is recorded')
  .addHelpText(
    ...examples(
      'deploy run --env staging',
      'deploy run --env production --yes --json    # from CI',
      'deploy run --env production --accept-hold "the index is built tonight, ticket 4711"',
    ),
  );
command(
  program,
  'plan',
  'everything up to the first write',
  async () => (await import('./commands/plan.ts')).planCommand,
).addHelpText(...examples('deploy plan --env staging', 'deploy plan --env production --json'));
program
  .command('lint')
  .description('judges SQL without deploying it; the pending migrations of --env, else all')
  .argument('[paths...]', 'files, a folder of migrations, or - for the standard input')
  .option('--env <name>', 'target of deploy.config.ts to ask for tables and sizes, where its URL is set')
  .option('--config <file>', 'another deploy.config.ts')
  .option('--since <revision>', 'only what is new since that revision of Git')
  .addOption(
    new Option(
      '--format <format>',
      'how to print (default: github where GITHUB_ACTIONS is true, else text)',
    ).choices(LINT_FORMATS),
  )
  .option('--sarif <file>', 'write SARIF to that file as well')
  .option('--stdin-filename <name>', 'the file that the standard input stands for', 'stdin.sql')
  .option('--server-version <major>', 'version of the targets, where none is asked', (text) =>
    whole(text, 14, 18),
  )
  .option('--assume-rows <count>', 'rows of tables of unknown size', (text) => whole(text, 0))
  .addOption(
    new Option('--fail-on <severity>', 'the least that makes the exit code 3')
      .choices(LINT_SEVERITIES)
      .default('error'),
  )
  .option('--json', 'the same as --format json', false)
  .option('--quiet', 'only the verdict, and what decides it', false)
  .option('--yes', 'ask nothing (it never does)', false)
  .action((paths: string[], options: LintOptions) =>
    main(async () => (await import('./commands/lint.ts')).lintCommand(options, paths), options.json),
  )
  .addHelpText(
    ...examples(
      'deploy lint --since origin/main              # what a pull request adds',
      'deploy lint --env staging                    # what is pending there, by its tables and sizes',
      'deploy lint - --stdin-filename new.sql       # from an editor',
      'deploy lint --format sarif > lint.sarif',
    ),
  );
command(
  program,
  'verify',
  'the validation suite against the target',
  async () => (await import('./commands/verify.ts')).verifyCommand,
)
  .option('--emit-sql <directory>', 'write the suite as scripts for psql instead of running it')
  .addHelpText(
    ...examples('deploy verify --env production', 'deploy verify --env production --emit-sql checks'),
  );
command(
  program,
  'status',
  'where the target stands',
  async () => (await import('./commands/status.ts')).statusCommand,
).addHelpText(...examples('deploy status --env staging'));
command(
  program,
  'history',
  'what was deployed, the newest last',
  async () => (await import('./commands/history.ts')).historyCommand,
).addHelpText(...examples('deploy history --env staging', 'deploy history --env production --json'));
command(
  program,
  'report',
  'a report that was made before, for people or programs',
  async () => (await import('./commands/report.ts')).reportCommand,
)
  .argument('[deployment]', 'its id (default: the newest)')
  .addOption(new Option('--format <format>', 'as what to write it (default: md)').choices(REPORT_FORMATS))
  .addHelpText(
    ...examples(
      'deploy report --env production',
      'deploy report 20261122T224933Z-332b26 --env production --format html > report.html',
    ),
  );
command(
  program,
  'rollback',
  'back to the backup of the last or a named deployment',
  async () => (await import('./commands/rollback.ts')).rollbackCommand,
)
  .option(
    '--to <deployment>',
    'the deployment whose backup to go back to (default: the last one that deployed)',
  )
  .addHelpText(
    ...examples(
      'deploy rollback --env staging',
      'deploy rollback --env production --to 20261122T224933Z-332b26',
    ),
  );
command(
  program,
  'recover',
  'bring runs to their end whose process was killed',
  async () => (await import('./commands/recover.ts')).recoverCommand,
)
  .option('--keep <reason>', 'keep a target that is migrated but not verified; the reason is recorded')
  .addHelpText(...examples('deploy recover --env staging', 'deploy recover --env production --yes'));

command(
  program,
  'doctor',
  'what would keep a deployment from going well, and how it is mended',
  async () => (await import('./commands/doctor.ts')).doctorCommand,
).addHelpText(...examples('deploy doctor --env production', 'deploy doctor --env staging --json'));

const backup = program.command('backup').description('backups of a target');
command(
  backup,
  'create',
  'make a backup now',
  async () => (await import('./commands/backup-create.ts')).backupCreateCommand,
).addHelpText(...examples('deploy backup create --env production'));
command(
  backup,
  'list',
  'the backups, the newest last',
  async () => (await import('./commands/backup-list.ts')).backupListCommand,
).addHelpText(...examples('deploy backup list --env production'));
command(
  backup,
  'verify',
  'restore a backup into scratch and compare it with its manifest',
  async () => (await import('./commands/backup-verify.ts')).backupVerifyCommand,
)
  .argument('[backup]', 'its id (default: the newest)')
  .option('--all', 'every usable one')
  .option('--older-than <days>', 'every one that was not verified for so long, as 7d')
  .addHelpText(
    ...examples(
      'deploy backup verify --env production',
      'deploy backup verify 20261122T224933Z-332b26 --env production',
      'deploy backup verify --older-than 7d --json --env production    # every night',
    ),
  );
command(
  backup,
  'prune',
  'remove the backups that the retention no longer keeps, and say why the others stay',
  async () => (await import('./commands/backup-prune.ts')).backupPruneCommand,
)
  .option('--dry-run', 'only say what would go')
  .addHelpText(...examples('deploy backup prune --env production --dry-run'));
command(
  backup,
  'restore',
  'restore a backup beside the target, which stays as it is',
  async () => (await import('./commands/backup-restore.ts')).backupRestoreCommand,
)
  .argument('[backup]', 'its id (default: the newest)')
  .option('--as <name>', 'name of the new database or cluster (default: restored_<backup>)')
  .option('--at <time>', 'to that later moment, such as 2026-11-28T10:11:12Z (driver pgbackrest)')
  .option('--server-url-variable <name>', 'on another server, whose URL this environment variable has')
  .addHelpText(
    ...examples(
      'deploy backup restore --env production --as yesterday',
      'deploy backup restore --env production --server-url-variable SPARE_DATABASE_URL --as apms',
    ),
  );

program
  .command('init')
  .description('write a deploy.config.ts in which every setting is explained')
  .option('--config <file>', 'where to write it', 'deploy.config.ts')
  .option('--migrations <folder>', "Prisma's migrations folder (default: the one that is found)")
  .option('--targets <names>', 'names with commas between (default: production,staging)')
  .option('--force', 'replace the file that is there', false)
  .option('--json', 'one JSON object a line instead of text', false)
  .option('--yes', 'ask nothing', false)
  .action((options: InitOptions) =>
    main(async () => (await import('./commands/init.ts')).initCommand(options), options.json),
  )
  .addHelpText(
    ...examples(
      'deploy init',
      'deploy init --yes --targets production,staging --migrations prisma/migrations',
    ),
  );
program
  .command('completion')
  .description('the script that completes commands, options, targets and ids in a shell')
  .argument('<shell>', 'bash, zsh or fish')
  .action((shell: string) =>
    main(async () => (await import('./commands/completion.ts')).completionCommand(shell), false),
  )
  .addHelpText(
    ...examples(
      'source <(deploy completion bash)    # in ~/.bashrc',
      'deploy completion zsh > ~/.zfunc/_deploy',
      'deploy completion fish > ~/.config/fish/completions/deploy.fish',
    ),
  );
program
  .command('complete', { hidden: true })
  .argument('[words...]')
  .action((words: string[]) =>
    main(async () => (await import('./commands/complete.ts')).completeCommand(program, words), false),
  );

await program.parseAsync();
