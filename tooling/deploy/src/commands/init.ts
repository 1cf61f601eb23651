import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import input from '@inquirer/input';
import { DeployError } from '../failure.ts';
import { configText, urlVariableOf } from '../init/config-text.ts';
import { findMigrations } from '../init/find-migrations.ts';
import { ignoreState } from '../init/ignore-state.ts';
import { confirmDestructive } from './confirm-destructive.ts';

export interface InitOptions {
  config: string;
  migrations?: string;
  targets?: string;
  force: boolean;
  json: boolean;
  yes: boolean;
}

const PROPOSED = 'production, staging';
const TARGET = /^[a-z][a-z0-9-]{0,30}$/;

/** `deploy init`: writes a `deploy.config.ts` in which every setting is explained. One that exists is left alone. */
export async function initCommand(options: InitOptions): Promise<number> {
  const file = resolve(options.config);
  const root = dirname(file);
  const exists = existsSync(file);
  if (exists && !options.force) {
    throw new DeployError({
      code: 'USAGE_INVALID',
      problem: `${file} exists and was left as it is.`,
      next: 'Change it by hand, or give --force to have it written anew.',
    });
  }
  const asked = !options.yes && !options.json && process.stdin.isTTY;
  const [found = 'prisma/migrations'] = await findMigrations(root);
  const migrations = options.migrations ?? (asked ? await ask("Prisma's migrations folder", found) : found);
  const targets = namesIn(options.targets ?? (asked ? await ask('Targets', PROPOSED) : PROPOSED));
  if (exists) await confirmDestructive(`Replace ${file}?`, options, new AbortController().signal);
  await writeFile(file, configText({ migrations, targets }));
  const ignored = await ignoreState(root);
  process.stdout.write(
    `${options.json ? JSON.stringify({ type: 'init', file, migrations, targets, ignored }) : told(file, migrations, targets, ignored)}\n`,
  );
  return 0;
}

async function ask(message: string, proposal: string): Promise<string> {
  try {
    return await input({ message: `${message}:`, default: proposal });
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError')
      throw new DeployError({ code: 'CANCELLED', during: 'the questions' });
    throw error;
  }
}

/** @throws {USAGE_INVALID} naming what is no name of a target. */
function namesIn(text: string): string[] {
  const names = [...new Set(text.split(/[\s,]+/).filter(Boolean))];
  const wrong = names.find((name) => !TARGET.test(name));
  if (wrong === undefined && names.length > 0) return names;
  throw new DeployError({
    code: 'USAGE_INVALID',
    problem: wrong === undefined ? 'No target is named.' : `"${wrong}" is no name for a target.`,
    next: 'Use lower-case letters, digits and hyphens, a letter first, at most 31; commas between names.',
  });
}

function told(
  file: string,
  migrations: string,
  targets: readonly string[],
  ignored: readonly string[],
): string {
  const [first = ''] = targets;
  const here = (path: string) => relative(process.cwd(), path) || path;
  return [
    `wrote ${here(file)}: targets ${targets.join(', ')}, migrations in ${migrations}${existsSync(resolve(dirname(file), migrations)) ? '' : ' (which is not there yet)'}`,
    ...(ignored.length > 0 ? [`added to .gitignore: ${ignored.join(' ')}`] : []),
    '',
    'Next:',
    `  export ${urlVariableOf(first)}='postgresql://USER:PASSWORD@HOST:5432/DATABASE'`,
    `  deploy doctor --env ${first}`,
  ].join('\n');
}
