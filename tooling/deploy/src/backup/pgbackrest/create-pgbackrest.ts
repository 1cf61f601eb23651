import type { PgbackrestSettings } from '../../config.ts';
import { DeployError } from '../../failure.ts';
import { withClient } from '../../postgres.ts';
import type { Target } from '../../target.ts';
import type { Copy, CreateOptions } from '../backup.ts';
import { tableContents } from '../content.ts';
import type { TableContent } from '../manifest.ts';
import { readFacts } from '../read-facts.ts';
import { together } from '../together.ts';
import { withSessions } from '../with-sessions.ts';
import { markMoment } from './mark-moment.ts';
import { readCluster } from './read-cluster.ts';
import { ANNOTATION, readStanza, type StoredLabel } from './read-stanza.ts';
import { readVersion } from './read-version.ts';
import { requirePgbackrest } from './require-pgbackrest.ts';
import { runPgbackrest } from './run-pgbackrest.ts';
import { untilArchived } from './until-archived.ts';

/** How pgBackRest exits when another of its processes works on the stanza. */
const LOCK_HELD = 50;

/**
 * Has pgBackRest back up the cluster while it runs, then marks a moment behind the backup's end to which it is restored
 * later, and counts and hashes every table as of this moment, while clients go on writing. The files are pgBackRest's:
 * nothing but the manifest goes into the store.
 */
export async function createPgbackrest(target: Target, options: CreateOptions): Promise<Copy> {
  const settings = requirePgbackrest(target);
  const { connection } = target;
  const { id, applicationName, onProgress } = options;
  const version = await readVersion(settings);
  const label = await backUp(settings, id, options.signal);
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, ...(options.signal ? [options.signal] : [])]);
  return withSessions(connection, applicationName, signal, async (reader, second) => {
    const marked = { label: `apms_${id}`, applicationName, signal };
    const { restorePoint, segment, lockedMs } = await markMoment(target, [reader, second], marked);
    if (restorePoint.timeline !== label.timeline)
      throw new Error('The server was restored or promoted while it was backed up.');
    const facts = await readFacts(reader.client);
    const cluster = await readCluster(reader.client, target.maintenance.database);
    const [tables] = await together<[TableContent[], void]>(controller, [
      tableContents([reader.client, second.client], onProgress),
      withClient(connection, applicationName, (client) => untilArchived(client, settings, segment, signal)),
    ]);
    const { stanza } = settings;
    const { backupId: _, timeline: __, ...stored } = label;
    const pgbackrest = { stanza, ...stored, restorePoint, lockedMs, ...cluster };
    return {
      files: [],
      tools: { pgbackrest: version },
      contents: { ...facts, tables, pgbackrest },
    };
  });
}

/** Nothing expires with it: which backups pgBackRest may give up is decided when somebody runs its own schedule. */
async function backUp(
  settings: PgbackrestSettings,
  id: string,
  signal: AbortSignal | undefined,
): Promise<StoredLabel> {
  const { stanza, type } = settings;
  try {
    await runPgbackrest(
      settings,
      ['backup', `--type=${type}`, '--start-fast', '--no-expire-auto', `--annotation=${ANNOTATION}=${id}`],
      signal,
    );
  } catch (error) {
    if (!(error instanceof DeployError) || error.failure.code !== 'TOOL_FAILED') throw error;
    const { exitCode, problem } = error.failure;
    if (exitCode !== LOCK_HELD) throw error;
    throw new DeployError(
      { code: 'PGBACKREST_UNUSABLE', stanza, reason: 'locked', problem },
      { cause: error },
    );
  }
  const { labels } = await readStanza(settings, signal);
  const made = labels.find(({ backupId }) => backupId === id);
  if (made === undefined)
    throw new Error(`pgbackrest info does not list the backup ${id} that was just made.`);
  return made;
}
