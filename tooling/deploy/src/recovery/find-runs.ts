import { readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isProcessAlive } from '@apms/db/embedded';
import { type JournalEntry, readJournal } from '../journal.ts';
import type { LoadedConfig } from '../load-config.ts';
import { journalFile } from '../open-run.ts';
import { needsRecovery, type RunState, runStateOf } from './run-state.ts';

/** A run that did not come to its end, or left something behind. */
export interface UnfinishedRun {
  directory: string;
  entries: readonly JournalEntry[];
  state: RunState;
  /** A later run has put the target back to a backup: what became of this one's migrations does not matter any more. */
  isSuperseded: boolean;
}

/** The target's runs that nobody runs any more and that need recovery, oldest first. */
export async function findUnfinishedRuns(
  { stateDirectory }: Pick<LoadedConfig, 'stateDirectory'>,
  target: string,
): Promise<UnfinishedRun[]> {
  const directory = join(stateDirectory, target);
  const ids = (await readdir(directory).catch(() => [])).toSorted();
  const runs = ids.flatMap((id) => readRun(join(directory, id)));
  const lastSwap = runs.findLast(({ state }) => state.swap?.isComplete)?.state.id ?? '';
  return runs
    .map((run) => ({ ...run, isSuperseded: run.state.id < lastSwap }))
    .filter(({ state, isSuperseded }) => {
      const isSettled = isSuperseded && state.finished?.complete === true;
      return needsRecovery(state) && !isSettled && !isRunning(state);
    });
}

/**
 * Whether a run of that id is known here, and over: it has ended, or its process on this host has. A session of it that
 * is still there is one that the network lost and the server does not know of yet.
 */
export function isOver(stateDirectory: string, target: string, id: string): boolean {
  const [run] = readRun(join(stateDirectory, target, id));
  if (run === undefined) return false;
  const { finished, process } = run.state;
  return finished !== undefined || (process.host === hostname() && !isRunning(run.state));
}

/** Without the lock, which tells of all that had come to it, only its age tells of a run on another host. */
const PLANNING_MS = 3_600_000;

function isRunning({ process: { host, process }, planned, lastEntryAt }: RunState): boolean {
  if (host === hostname()) return process !== '' && isProcessAlive(process);
  return planned === undefined && Date.now() - lastEntryAt.getTime() < PLANNING_MS;
}

/** A directory without a journal that can be read is no run's. */
function readRun(directory: string): Pick<UnfinishedRun, 'directory' | 'entries' | 'state'>[] {
  try {
    const entries = readJournal(journalFile(directory));
    const state = runStateOf(entries);
    return state === undefined ? [] : [{ directory, entries, state }];
  } catch {
    return [];
  }
}
