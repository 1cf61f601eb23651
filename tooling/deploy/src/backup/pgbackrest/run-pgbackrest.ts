import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ClusterOwner, ownerOfCluster } from '@apms/db/embedded';
import type { PgbackrestSettings } from '../../config.ts';
import { runTool } from '../../exec.ts';

/** Whom the cluster's files belong to, as whom everything of it runs; undefined where we are no one but ourselves. */
export function ownerOf({ dataDirectory }: PgbackrestSettings): ClusterOwner | undefined {
  return ownerOfCluster(existsSync(dataDirectory) ? dataDirectory : dirname(dataDirectory));
}

/**
 * Runs a command of pgBackRest on the target's stanza, as the owner of the cluster, and returns its output. What the
 * environment says to pgBackRest (`PGBACKREST_REPO1_CIPHER_PASS`, say) is passed on.
 * @throws {TOOL_FAILED} and what else {@link runTool} throws.
 */
export async function runPgbackrest(
  settings: PgbackrestSettings,
  [command, ...options]: readonly [string, ...string[]],
  signal?: AbortSignal,
): Promise<string> {
  const { stanza, configFile } = settings;
  const own = Object.entries(process.env).filter(([name]) => name.startsWith('PGBACKREST_'));
  const args = [
    ...(configFile === undefined ? [] : [`--config=${configFile}`]),
    `--stanza=${stanza}`,
    ...options,
    command,
  ];
  const environment = Object.fromEntries(own.map(([name, value = '']) => [name, value]));
  return runTool('pgbackrest', args, {
    environment: { ...environment, LC_ALL: 'C' },
    owner: ownerOf(settings),
    signal,
  });
}
