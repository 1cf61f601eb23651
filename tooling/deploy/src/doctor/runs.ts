import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { listBackups } from '../backup/catalogue.ts';
import { readLease } from '../backup/lease.ts';
import type { BackupStore } from '../backup/store/backup-store.ts';
import { type JournalEntry, readJournal } from '../journal.ts';
import { messageOf } from '../postgres.ts';
import { type DoctorFinding, ok, problem, warning } from './finding.ts';

/** What earlier runs have left: one that still goes on, those that were killed, and the backups. */
export async function checkRuns(
  target: string,
  stateDirectory: string,
  store: BackupStore,
): Promise<DoctorFinding[]> {
  const lease = await readLease(store, target);
  const running =
    lease === undefined
      ? ok('lock', 'no deployment runs')
      : warning(
          'lock',
          `Deployment ${lease.deployment} of ${lease.user}@${lease.host} (pid ${lease.pid}) runs since ${lease.since}.`,
          'Until it has ended, another one is refused (exit 5).',
          `deploy status --env ${target}`,
        );
  const interrupted = await interruptedRuns(target, join(stateDirectory, target), lease?.deployment);
  return [running, ...interrupted, await checkBackups(target, store)];
}

async function interruptedRuns(
  target: string,
  directory: string,
  running: string | undefined,
): Promise<DoctorFinding[]> {
  const ids = (await readdir(directory).catch(() => [])).filter((id) => /^\d{8}T/.test(id)).toSorted();
  return ids
    .filter((id) => id !== running)
    .flatMap((id) => {
      const last = lastEntry(join(directory, id, 'journal.jsonl'));
      if (last === undefined || typeof last === 'string' || isEnd(last)) {
        return typeof last === 'string'
          ? [
              warning(
                'journal',
                `The journal of ${id} cannot be read: ${last}.`,
                'What that run did is not known.',
                `deploy status --env ${target}`,
              ),
            ]
          : [];
      }
      return [
        problem(
          'interrupted run',
          `The run ${id} was ended before its end; the last that it wrote was "${last.type}" at ${last.at}.`,
          'It may have left a scratch database, a half-made change, or clients that cannot write.',
          `deploy recover --env ${target}`,
        ),
      ];
    });
}

/** The last entry; undefined where there is no journal, and a text where it cannot be read. */
function lastEntry(file: string): JournalEntry | string | undefined {
  try {
    return readJournal(file).at(-1);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
      ? undefined
      : messageOf(error);
  }
}

/** `backup create` has no outcome: its run consists of its beginning. */
function isEnd({ type }: JournalEntry): boolean {
  return type === 'run-finished' || type === 'run-started';
}

async function checkBackups(target: string, store: BackupStore): Promise<DoctorFinding> {
  const newest = (await listBackups(store, target)).findLast(({ usable }) => usable);
  if (newest?.usable !== true) return ok('backups', 'none yet');
  const { createdAt } = newest.manifest;
  if (newest.verifiedAt !== null) return ok('backups', `the newest is ${newest.id}, restored and compared`);
  return warning(
    'backups',
    `The newest, ${newest.id} of ${createdAt}, has never been restored.`,
    'A backup is proven only once it has been restored and compared.',
    `deploy backup verify --env ${target}`,
  );
}
