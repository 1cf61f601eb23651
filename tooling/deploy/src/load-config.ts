import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { Config, type TargetSettings } from './config.ts';
import { DeployError } from './failure.ts';
import { messageOf } from './postgres.ts';

/** The configuration with its defaults, its paths absolute. */
export interface LoadedConfig extends Omit<z.output<typeof Config>, 'clientTools'> {
  file: string;
  root: string;
  clientTools: string | undefined;
  stateDirectory: string;
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
