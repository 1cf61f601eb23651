import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { DeployError } from './failure.ts';
import { messageOf } from './postgres.ts';

/** A command as a program and its arguments: no shell reads it, so nothing in it needs quoting. */
const Command = z.strictObject({
  command: z.array(z.string().min(1)).min(1).describe('program and arguments'),
  timeoutMs: z.int().positive().default(60_000),
});

const TargetConfig = z.strictObject({
  /** Name of the environment variable that holds the URL; unset means an embedded server, except in CI. */
  urlVariable: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  /** Environment variable with the URL of another server for rehearsals; unset means the target's own. */
  rehearsalUrlVariable: z.string().optional(),
  /** The database of the target's server to connect to while the target itself is created, renamed or dropped. */
  maintenanceDatabase: z.string().default('postgres'),
  /** Restore the backup and try everything on the copy first. Without it a backup is checksummed, not proven. */
  rehearse: z.boolean().default(true),
  /** `block` keeps clients from writing between backup and finish, so that a swap back loses nothing. */
  writes: z.enum(['allow', 'block']).default('allow'),
  /** Longest wait for a lock before the attempt is given up and retried. */
  lockTimeoutMs: z.int().positive().default(3_000),
  /** Longest time for which a deployment may block the application's reads or writes; a longer rehearsal is a warning. */
  maxLockMs: z.int().positive().default(3_000),
  /** Attempts at the migration transaction when locks are not to be had. */
  attempts: z.int().positive().default(5),
  /** How many deployments' backups are kept. */
  keepBackups: z.int().positive().default(10),
  hooks: z
    .strictObject({
      /** Before the first write (a maintenance page, say). */
      before: z.array(Command).default([]),
      /** After the commit; one that fails swaps the target back. */
      smoke: z.array(Command).default([]),
      /** At the end of every run that reached `before`, whatever its outcome. */
      after: z.array(Command).default([]),
    })
    .default({ before: [], smoke: [], after: [] }),
});

const Config = z.strictObject({
  migrations: z.string().default('packages/db/prisma/migrations'),
  documentation: z.string().default('docs'),
  /** Directory with `pg_dump` and `pg_restore`; unset means they are looked for. */
  clientTools: z.string().optional(),
  targets: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,30}$/), TargetConfig),
});

/** What `deploy.config.ts` exports. */
export type ConfigInput = z.input<typeof Config>;
export type TargetSettings = z.output<typeof TargetConfig>;
export type HookCommand = z.output<typeof Command>;

/** The configuration with its defaults, its paths absolute. */
export interface LoadedConfig extends Omit<z.output<typeof Config>, 'clientTools'> {
  file: string;
  root: string;
  clientTools: string | undefined;
  stateDirectory: string;
}

/** Gives `deploy.config.ts` its type; changes nothing. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}

const CONFIG_FILE = 'deploy.config.ts';

async function findConfig(from: string): Promise<string | undefined> {
  const file = resolve(from, CONFIG_FILE);
  if (
    await access(file).then(
      () => true,
      () => false,
    )
  )
    return file;
  const parent = dirname(from);
  return parent === from ? undefined : findConfig(parent);
}

/**
 * The configuration in `file`, or in the nearest `deploy.config.ts` of this directory and those above it.
 * @throws {CONFIG_INVALID} naming every wrong setting by its path.
 */
export async function loadConfig(file?: string): Promise<LoadedConfig> {
  const found = file === undefined ? await findConfig(process.cwd()) : resolve(file);
  const invalid = (problems: string[]) =>
    new DeployError({ code: 'CONFIG_INVALID', file: found ?? CONFIG_FILE, problems });
  if (found === undefined) throw invalid(['No such file in this directory or above it.']);
  let module: unknown;
  try {
    module = await import(pathToFileURL(found).href);
  } catch (error) {
    throw invalid([whereOf(error, found) + messageOf(error)]);
  }
  const parsed = z.object({ default: Config }).safeParse(module);
  if (!parsed.success) {
    throw invalid(
      parsed.error.issues.map(
        ({ path, message }) => `${path.slice(1).join('.') || 'default export'}: ${message}`,
      ),
    );
  }
  const root = dirname(found);
  const config = parsed.data.default;
  const environment = process.env;
  return {
    ...config,
    file: found,
    root,
    migrations: resolve(root, config.migrations),
    documentation: resolve(root, config.documentation),
    clientTools: environment.PG_BIN_DIR ?? (config.clientTools && resolve(root, config.clientTools)),
    stateDirectory: resolve(root, environment.DEPLOY_STATE_DIR ?? '.deploy'),
  };
}

/** The line of the file that does not parse, as Node puts it above the stack. */
function whereOf(error: unknown, file: string): string {
  const [first = ''] = error instanceof SyntaxError ? (error.stack ?? '').split('\n') : [];
  const [, line] = first.split(`${file}:`);
  return line === undefined ? '' : `Line ${line}: `;
}

/** @throws {TARGET_UNKNOWN} listing the known ones. */
export function targetSettings(config: LoadedConfig, name: string): TargetSettings {
  const settings = Object.hasOwn(config.targets, name) ? config.targets[name] : undefined;
  if (settings !== undefined) return settings;
  throw new DeployError({ code: 'TARGET_UNKNOWN', target: name, known: Object.keys(config.targets) });
}
