import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { processIdentity } from '@apms/db/embedded';
import { describe } from './connection.ts';
import { exitCodeOf } from './exit-codes.ts';
import { explain } from './explain.ts';
import { toFailure } from './failure.ts';
import { readCommit } from './git.ts';
import {
  type Journal,
  openIntents,
  openJournal,
  type RunEvent,
  type RunProcess,
  type StepName,
} from './journal.ts';
import { type LoadedConfig, loadConfig } from './load-config.ts';
import { secretsOf } from './notify/secrets-of.ts';
import { messageOf } from './postgres.ts';
import { throttle } from './progress.ts';
import { redactor } from './redact.ts';
import type { Run } from './run-context.ts';
import { endedText, stopOnRequest, stoppingText } from './stop-on-request.ts';
import { withTarget } from './target.ts';
import { openTrace } from './telemetry/open-trace.ts';

/** What every command takes. */
export interface CommandOptions {
  env: string;
  config?: string;
  json: boolean;
  /** Only the verdict, and what went wrong. */
  quiet: boolean;
  yes: boolean;
}

/** `20261122T210310Z-3fa9b1`, the last six being milliseconds and chance: sorts by time, and no two are the same. */
export function newRunId(now: Date): string {
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const milliseconds = now.getUTCMilliseconds().toString(16).padStart(3, '0');
  return `${time}-${milliseconds}${randomBytes(2).toString('hex').slice(1)}`;
}

export function operator(): string {
  const { GITHUB_ACTOR } = process.env;
  return `${GITHUB_ACTOR ?? userInfo().username}@${hostname()}`;
}

export function journalFile(runDirectory: string): string {
  return join(runDirectory, 'journal.jsonl');
}

/** What the sessions of a run are called in pg_stat_activity. */
export function applicationNameOf(runId: string): string {
  return `apms-deploy ${runId}`;
}

/** This process, as a journal names it. */
export function thisProcess(): RunProcess {
  return { host: hostname(), pid: process.pid, process: processIdentity(process.pid) ?? '' };
}

/** Where a run's events go: to `show` and into the journal, with secrets blanked out; `before` are those of its past. */
export function emitterTo(
  journal: Journal | undefined,
  show: (event: RunEvent) => void,
  redact: (text: string) => string,
  before: readonly RunEvent[] = [],
): Pick<Run, 'emit' | 'isComplete'> {
  const acts = before.filter(isAct);
  const progress = throttle<StepProgress>((event) => show(redactEvent(event, redact)));
  return {
    emit(event) {
      if (event.type === 'step-progress') return progress.tell(event);
      if (event.type === 'step-finished' || event.type === 'step-failed') progress.clear();
      const clean = redactEvent(event, redact);
      appendOrExplain(journal, clean, show);
      if (isAct(clean)) acts.push(clean);
      show(clean);
    },
    isComplete: () => openIntents(acts).length === 0,
  };
}

function isAct({ type }: RunEvent): boolean {
  return type === 'intent' || type === 'completed';
}

/**
 * Opens a run of `command` on the target that the options name: its events go to `show` and, when `journaled`, to
 * `journal.jsonl` in the run's directory, with passwords blanked out of whatever other programs wrote. It is asked to stop
 * as {@link stopOnRequest} says, and says at once what that means in the step at work.
 */
export async function withRun<T>(
  command: string,
  options: CommandOptions,
  { journaled, show }: { journaled: boolean; show: (event: RunEvent) => void },
  use: (run: Run, config: LoadedConfig) => Promise<T>,
): Promise<T> {
  const config = await loadConfig(options.config);
  return withTarget(config, options.env, async (target) => {
    const id = newRunId(new Date());
    const directory = join(config.stateDirectory, target.name, id);
    const commit = await readCommit(config.root);
    const redact = redactor([target.connection, target.rehearsal], secretsOf(target.settings.notify));
    const journal = journaled ? openJournal(journalFile(directory)) : undefined;
    let finished = false;
    let step: StepName | undefined;
    const { emit, isComplete } = emitterTo(
      journal,
      (event) => {
        finished ||= event.type === 'run-finished';
        if (event.type === 'step-started') step = event.step;
        show(event);
      },
      redact,
    );
    const run: Run = {
      id,
      config,
      target,
      directory,
      applicationName: applicationNameOf(id),
      commit,
      by: operator(),
      trace: openTrace(process.env),
      signal: stopOnRequest(
        () => emit({ type: 'note', level: 'warning', message: stoppingText(step, target.name) }),
        (exitCode) => process.stderr.write(`\n${endedText(exitCode, target.name)}\n`),
      ),
      redact,
      emit,
      isComplete,
    };
    emit({
      type: 'run-started',
      id,
      command,
      target: target.name,
      database: describe(target.connection),
      embedded: target.embedded !== undefined,
      commit: commit.hash,
      by: run.by,
      ...thisProcess(),
    });
    const end = (exitCode: number, message: string) => {
      const outcome = exitCode === 0 ? 'done' : 'failed';
      if (!finished) emit({ type: 'run-finished', outcome, exitCode, message, complete: isComplete() });
      journal?.close();
    };
    try {
      const result = await use(run, config);
      end(0, '');
      return result;
    } catch (error) {
      const failure = toFailure(error);
      end(exitCodeOf(failure.code), explain(failure));
      throw error;
    }
  });
}

/**
 * What is about to be done must be on disk before it is done. Of what has been done, the database is the witness: a disk
 * that is full by then must not make a failure of it.
 * @throws {DISK_FULL} and what else keeps an intent from being written.
 */
function appendOrExplain(journal: Journal | undefined, event: RunEvent, show: (event: RunEvent) => void) {
  try {
    journal?.append(event);
  } catch (error) {
    if (event.type === 'intent') throw error;
    const message = `The journal could not be written: ${messageOf(error)}`;
    show({ type: 'note', level: 'warning', message });
  }
}

type StepProgress = Extract<RunEvent, { type: 'step-progress' }>;

/** Only texts hold what other programs wrote; keys, ids and figures are our own. */
function redactEvent(event: RunEvent, redact: (text: string) => string): RunEvent {
  if ('message' in event) return { ...event, message: redact(event.message) };
  if (event.type === 'step-progress') return { ...event, detail: event.detail && redact(event.detail) };
  if ('summary' in event) return { ...event, summary: redact(event.summary) };
  return event;
}
