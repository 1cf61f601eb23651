import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationsDirectory } from '@apms/db';
import { DeploymentReport } from '@apms/validators';
import { execa } from 'execa';
import type { ConfigInput } from '../../src/config.ts';
import { openTerminal, type Terminal, type TerminalOptions } from './terminal.ts';

const CLI = join(import.meta.dirname, '../../src/cli.ts');
const DOCUMENTATION = join(import.meta.dirname, '../../../../docs');

/** What a run of the CLI left for a test to look at. */
export interface CliResult {
  exitCode: number;
  /** Both streams, as a person would see them. */
  output: string;
  /** The newest report of the target, when the command was a run or a rollback. */
  report: DeploymentReport | undefined;
}

export interface Project {
  root: string;
  /** The file of the program. */
  cli: string;
  migrations: string;
  /** Adds a migration, or replaces the SQL of one. */
  writeMigration(name: string, sql: string): Promise<void>;
  readMigration(name: string): Promise<string>;
  removeMigration(name: string): Promise<void>;
  migrationNames(): Promise<string[]>;
  setMaxLockMs(maxLockMs: number): Promise<void>;
  /** Runs the CLI as a process of its own. `env` holds the target's URL; nothing of this process's URLs is passed on. */
  deploy(args: string[], env?: Record<string, string | undefined>): Promise<CliResult>;
  /** The same without waiting for it. */
  start(args: string[], env?: Record<string, string | undefined>): ReturnType<typeof startCli>;
  /** The same in a terminal of its own. */
  open(
    args: string[],
    env?: Record<string, string | undefined>,
    size?: Pick<TerminalOptions, 'columns' | 'rows'>,
  ): Terminal;
  remove(): Promise<void>;
}

export interface ProjectOptions {
  /** Settings of the target `staging`. */
  settings?: Omit<ConfigInput['targets'][string], 'urlVariable'>;
  config?: Omit<ConfigInput, 'targets'>;
}

/** A checkout in small: a directory with its own configuration, migrations and state, and targets production and staging. */
export async function createProject(options: ProjectOptions = {}): Promise<Project> {
  const { config = {} } = options;
  // A busy machine is no reason for a HOLD, unless a test is about that.
  const settings = { maxLockMs: 600_000, ...options.settings };
  const root = await mkdtemp(join(tmpdir(), 'apms-project-'));
  const migrations = join(root, 'migrations');
  await cp(migrationsDirectory, migrations, { recursive: true });
  const full: ConfigInput = {
    migrations: 'migrations',
    documentation: DOCUMENTATION,
    ...config,
    targets: {
      production: { urlVariable: 'PRODUCTION_DATABASE_URL', ...settings },
      staging: { urlVariable: 'STAGING_DATABASE_URL', ...settings },
    },
  };
  const configure = (text: string) => writeFile(join(root, 'deploy.config.ts'), `export default ${text};\n`);
  const text = JSON.stringify(full, null, 2);
  await writeFile(join(root, 'package.json'), '{ "type": "module" }\n');
  await configure(text);
  return {
    root,
    cli: CLI,
    migrations,
    async writeMigration(name, sql) {
      await mkdir(join(migrations, name), { recursive: true });
      await writeFile(join(migrations, name, 'migration.sql'), sql);
    },
    readMigration: (name) => readFile(join(migrations, name, 'migration.sql'), 'utf8'),
    migrationNames: async () => (await readdir(migrations)).filter((name) => /^\d/.test(name)).toSorted(),
    setMaxLockMs: (maxLockMs) => configure(text.replaceAll(/"maxLockMs": \d+/g, `"maxLockMs": ${maxLockMs}`)),
    removeMigration: (name) => rm(join(migrations, name), { recursive: true }),
    async deploy(args, env = {}) {
      const { exitCode = -1, all } = await startCli(root, args, env);
      return { exitCode, output: all, report: await newestReport(root, targetOf(args)) };
    },
    start: (args, env = {}) => startCli(root, args, env),
    open: (args, env = {}, size = {}) =>
      openTerminal([process.execPath, CLI, ...args], { cwd: root, env: cleanEnvironment(env), ...size }),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

function targetOf(args: readonly string[]): string {
  const index = args.indexOf('--env');
  return index === -1 ? 'production' : (args[index + 1] ?? 'production');
}

function cleanEnvironment(env: Record<string, string | undefined>) {
  const clean = Object.entries(process.env).filter(
    ([name]) =>
      !/_DATABASE_URL$|^CI$|^NODE_ENV$|^VITEST|^DEPLOY_|^GITHUB_|^OTEL_|^TRACEPARENT$|^PG/.test(name),
  );
  return { ...Object.fromEntries(clean), ...env };
}

function startCli(root: string, args: string[], env: Record<string, string | undefined>) {
  return execa(process.execPath, [CLI, ...args], {
    cwd: root,
    env: cleanEnvironment(env),
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
  });
}

/** The newest report of a target in the state directory of `root`. */
export async function newestReport(root: string, target: string): Promise<DeploymentReport | undefined> {
  const directory = join(root, '.deploy', target);
  const ids = (await readdir(directory).catch(() => [])).toSorted();
  for (const id of ids.toReversed()) {
    const text = await readFile(join(directory, id, 'report.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) return DeploymentReport.parse(JSON.parse(text));
  }
  return undefined;
}
