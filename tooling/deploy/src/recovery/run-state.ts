import type { DeploymentReport } from '@apms/validators';
import { type JournalEntry, openIntents, type RunProcess, type StepName } from '../journal.ts';
import type { PreparedInverse } from '../migrations/inverses.ts';
import { type Migrated, NO_TRACES } from '../migrations/migrated.ts';

type EntryOf<Type extends JournalEntry['type']> = Extract<JournalEntry, { type: Type }>;
type Intent = EntryOf<'intent'>;

/** A unit of the migrations that was begun on the target. */
export interface BegunUnit {
  object: string;
  isComplete: boolean;
  /** What undoes it, the latest last; null when nothing short of the backup does. Of the last transaction: none. */
  inverses: readonly PreparedInverse[] | null;
}

/** What a journal says of its run. */
export interface RunState {
  id: string;
  command: string;
  commit: string | null;
  by: string;
  startedAt: Date;
  lastEntryAt: Date;
  /** Who runs it, or ran it last. */
  process: RunProcess;
  planned: EntryOf<'planned'> | undefined;
  /** The schema that the target has once it is migrated, where that is known. */
  rehearsed: string | undefined;
  units: readonly BegunUnit[];
  /** Of its commits, whether they arrived or not: an id of a transaction that did not is on no row. */
  migrated: Migrated;
  steps: DeploymentReport['steps'];
  /** The step that was at work, or undefined between two. */
  during: StepName | undefined;
  /** Something after the commit failed, or the swap back had begun: the target is to go back to the backup. */
  isGoingBack: boolean;
  /** The last swap that was begun, and whether the journal has its end. */
  swap: { restored: string; quarantine: string; isComplete: boolean } | undefined;
  backupId: string;
  /** What it did not complete and has to be cleared away. */
  leftBehind: ReturnType<typeof openIntents>;
  finished: EntryOf<'run-finished'> | undefined;
}

/** Reads a journal's entries; undefined where not even the first was written whole. Pure. */
export function runStateOf(entries: readonly JournalEntry[]): RunState | undefined {
  const started = entries.find((entry) => entry.type === 'run-started');
  const last = entries.at(-1);
  if (started === undefined || last === undefined) return undefined;
  const all = <Type extends JournalEntry['type']>(type: Type) =>
    entries.filter((entry): entry is EntryOf<Type> => entry.type === type);
  const intents = all('intent');
  const completed = new Set(all('completed').map(({ action, object }) => `${action} ${object}`));
  const isComplete = ({ action, object }: Intent) => completed.has(`${action} ${object}`);
  const of = (action: Intent['action']) => intents.filter((intent) => intent.action === action);
  const swap = of('swap').at(-1);
  const copy = of('restore-beside').at(-1);
  const { steps, during } = stepsOf(entries);
  const failed = all('step-failed').map(({ step }) => step);
  return {
    id: started.id,
    command: started.command,
    commit: started.commit,
    by: started.by,
    startedAt: new Date(started.at),
    lastEntryAt: new Date(last.at),
    process: all('run-resumed').at(-1) ?? started,
    planned: all('planned').at(-1),
    rehearsed: all('rehearsed').at(-1)?.schema ?? undefined,
    units: of('apply-unit').map((intent) => ({
      object: intent.object,
      isComplete: isComplete(intent),
      inverses: intent.inverses ?? null,
    })),
    migrated: of('commit').at(-1)?.migrated ?? NO_TRACES,
    steps,
    during,
    isGoingBack:
      failed.includes('verify') || failed.includes('smoke') || copy !== undefined || during === 'rollback',
    swap:
      swap === undefined || copy === undefined
        ? undefined
        : { restored: copy.object, quarantine: swap.object, isComplete: isComplete(swap) },
    backupId: copy?.backup ?? started.id,
    leftBehind: openIntents(entries),
    finished: last.type === 'run-finished' ? last : undefined,
  };
}

/** Whether a recovery has something to do for the run, once it is known that no process runs it any more. */
export function needsRecovery({ finished }: RunState): boolean {
  return finished === undefined || !finished.complete || finished.outcome === 'rollback-failed';
}

/** The steps as the report has them; the one that a killed process was at is a failed one. */
function stepsOf(entries: readonly JournalEntry[]): Pick<RunState, 'steps' | 'during'> {
  const steps: DeploymentReport['steps'] = [];
  let open: EntryOf<'step-started'> | undefined;
  for (const entry of entries) {
    if (entry.type === 'step-started') {
      if (open !== undefined) steps.push(killedStep(open, entry.at));
      open = entry;
    } else if (entry.type === 'step-finished' || entry.type === 'step-failed') {
      const startedAt = new Date(Date.parse(entry.at) - entry.durationMs).toISOString();
      const { step: name, durationMs } = entry;
      steps.push(
        entry.type === 'step-finished'
          ? { name, status: 'done', passed: entry.passed, startedAt, durationMs, summary: entry.summary }
          : { name, status: 'failed', passed: false, startedAt, durationMs, summary: entry.message },
      );
      open = undefined;
    }
  }
  if (open !== undefined) steps.push(killedStep(open, entries.at(-1)?.at ?? open.at));
  return { steps, during: open?.step };
}

function killedStep({ step, at }: EntryOf<'step-started'>, until: string): DeploymentReport['steps'][number] {
  const durationMs = Math.max(0, Date.parse(until) - Date.parse(at));
  const summary = 'The process ended during it.';
  return { name: step, status: 'failed', passed: false, startedAt: at, durationMs, summary };
}
