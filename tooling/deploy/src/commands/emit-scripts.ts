import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { listForeignKeys, planOrphanQueries, psqlScripts } from '@apms/db/checks';
import packageJson from '../../package.json' with { type: 'json' };
import { DeployError } from '../failure.ts';
import type { Commit } from '../git.ts';
import { readHistory } from '../migrations/history.ts';
import { messageOf, withClient } from '../postgres.ts';
import type { Run } from '../run-context.ts';

/**
 * Writes the validation suite as scripts for psql into a directory, which is made if need be: for databases at the
 * target's migration level, with a query for each of its foreign keys. The target is only read.
 * @returns the names of the files
 * @throws {USAGE_INVALID} when the directory cannot be written, or the target has no migration yet
 */
export async function emitScripts(
  run: Pick<Run, 'target' | 'applicationName' | 'commit'>,
  directory: string,
): Promise<string[]> {
  const { target, applicationName, commit } = run;
  const scripts = await withClient(target.connection, applicationName, async (client) => {
    const history = (await readHistory(client)) ?? [];
    const migrations = history
      .filter(({ finishedAt, rolledBackAt }) => finishedAt !== null && rolledBackAt === null)
      .map(({ name }) => name);
    if (migrations.length === 0) {
      throw new DeployError({
        code: 'USAGE_INVALID',
        problem: `The target "${target.name}" has no migration applied, and the scripts are for one migration level.`,
        next: 'Deploy to it first, or name another target with --env.',
      });
    }
    const { queries } = await planOrphanQueries(client, await listForeignKeys(client));
    return psqlScripts({ writtenBy: describeTool(commit), migrations, orphanQueries: queries });
  });
  try {
    for (const [name, text] of scripts) {
      const file = join(resolve(directory), name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  } catch (error) {
    throw new DeployError({
      code: 'USAGE_INVALID',
      problem: `The scripts could not be written to ${directory}: ${messageOf(error)}.`,
      next: 'Name a directory that can be written: --emit-sql DIRECTORY.',
    });
  }
  return [...scripts.keys()];
}

function describeTool({ hash, dirty }: Commit): string {
  const commit = hash === null ? 'of no commit' : `of commit ${hash}${dirty ? ', changed since' : ''}`;
  return `deploy ${packageJson.version} (${commit})`;
}
