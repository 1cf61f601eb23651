import { type Complete, RootCommand, type Command as Words } from '@bomb.sh/tab';
import type { Command } from 'commander';
import { listBackups } from '../backup/catalogue.ts';
import { openStore } from '../backup/store/open-store.ts';
import { listDeployments } from '../deployments.ts';
import { loadConfig, targetSettings } from '../load-config.ts';

/** The names that only this project knows. */
interface Names {
  targets: string[];
  deployments: string[];
  backups: string[];
}

/** `deploy complete -- WORDS`, which the completion scripts call: what the last word may become, one a line. */
export async function completeCommand(program: Command, words: string[]): Promise<number> {
  const names = await knownNames(words);
  const root = new RootCommand();
  add(root, program, '', names);
  root.parse(words);
  return 0;
}

function add(root: RootCommand, command: Command, path: string, names: Names): void {
  const words = path === '' ? root : root.command(path, command.description());
  for (const option of command.createHelp().visibleOptions(command)) addOption(words, option, names);
  for (const argument of command.registeredArguments) {
    const { backups, deployments } = names;
    const choices =
      { backup: backups, deployment: deployments }[argument.name()] ?? argument.argChoices ?? [];
    words.argument(argument.name(), offer(choices), argument.variadic);
  }
  for (const child of command.createHelp().visibleCommands(command))
    add(root, child, `${path} ${child.name()}`.trim(), names);
}

function addOption(
  words: Words,
  { long, short, description, required, optional, argChoices }: Command['options'][number],
  { targets, deployments }: Names,
): void {
  const name = long?.slice(2);
  if (name === undefined) return;
  const alias = short?.slice(1);
  const values = { env: targets, to: deployments }[name] ?? argChoices ?? [];
  if (required || optional) words.option(name, description, offer(values), alias);
  else words.option(name, description, alias);
}

function offer(values: readonly string[]): (complete: Complete) => void {
  return (complete) => {
    for (const value of values) complete(value, '');
  };
}

/** None where there is no configuration that can be read: whoever presses Tab is not told why. */
async function knownNames(words: readonly string[]): Promise<Names> {
  const after = (option: string) => words.at(words.indexOf(option) + 1);
  const names: Names = { targets: [], deployments: [], backups: [] };
  try {
    const config = await loadConfig(words.includes('--config') ? after('--config') : undefined);
    names.targets = Object.keys(config.targets);
    const target = (words.includes('--env') && after('--env')) || 'production';
    names.deployments = (await listDeployments(config, target)).map(({ id }) => id).toReversed();
    const store = await openStore(config, targetSettings(config, target));
    const backups = await listBackups(store, target);
    names.backups = backups
      .filter(({ usable }) => usable)
      .map(({ id }) => id)
      .toReversed();
  } catch {
    return names;
  }
  return names;
}
