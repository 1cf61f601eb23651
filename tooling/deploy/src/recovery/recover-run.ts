import type { DeploymentOutcome, DeploymentReport } from '@apms/validators';
import type { Backup } from '../backup/backup.ts';
import { findBackup } from '../backup/catalogue.ts';
import { driverFor, driverNameOf } from '../backup/drivers.ts';

import { clientToolsFor } from '../commands/client-tools-for.ts';
import { endSessionsOf } from '../end-sessions.ts';
import { EXIT_CODES, exitCodeOf } from '../exit-codes.ts';
import { explain } from '../explain.ts';
import { DeployError, toFailure } from '../failure.ts';
import { type RunEvent, reopenJournal } from '../journal.ts';
import { applicationNameOf, emitterTo, journalFile, thisProcess } from '../open-run.ts';
import { withClient } from '../postgres.ts';
import { isProven } from '../prove.ts';
import { openRecord, type Record, toReport } from '../record.ts';
import { rollBack } from '../roll-back.ts';
import type { Run } from '../run-context.ts';
import { finish } from '../steps/finish.ts';
import { countLeftBehind } from '../steps/swap-back.ts';
import { serversOf } from '../target.ts';
import { allowWrites, clearAway } from './clear-away.ts';
import type { UnfinishedRun } from './find-runs.ts';
import { findStanding } from './find-standing.ts';
import type { RunState } from './run-state.ts';

/**
 * What a recovery does where only the backup leads back: swap back to it, `refuse` and say so, or keep the target as it
 * stands, for a reason that is recorded.
 */
export type WayBack = 'swap-back' | 'refuse' | { keep: string };

/**
 * Brings a run to its end that nobody runs any more: whatever it left is cleared away, and its target is as it was
 * before, or on the new schema and verified; the report says which. It goes on in the run's own journal, so that a
 * recovery which is itself killed is begun again by the next one. The caller holds the target's lock.
 * @returns the report; undefined of a run that had come to its end, or of a command that leaves no report.
 * @throws {RECOVERY_NEEDED} where it was told to refuse; what looking at the target throws. The run then stays unfinished.
 */
export async function recoverRun(
  by: Run,
  unfinished: UnfinishedRun,
  wayBack: WayBack,
  show: (event: RunEvent) => void,
): Promise<DeploymentReport | undefined> {
  const { directory, entries, state, isSuperseded } = unfinished;
  const journal = reopenJournal(journalFile(directory));
  try {
    const run: Run = {
      ...by,
      id: state.id,
      directory,
      applicationName: applicationNameOf(state.id),
      commit: { hash: state.commit, dirty: false },
      by: state.by,
      ...emitterTo(journal, show, by.redact, entries),
    };
    run.emit({ type: 'run-resumed', by: by.by, ...thisProcess() });
    await endSessions(run);
    const isDeployment = state.command === 'deploy' || state.command === 'rollback';
    const isDecided = state.finished !== undefined && state.finished.outcome !== 'rollback-failed';
    if (isDecided || isSuperseded || !isDeployment) {
      await clearAway(run, state);
      await allowWrites(run, state);
      const { outcome, exitCode, message } = state.finished ?? {
        outcome: 'failed',
        exitCode: 1,
        message: '',
      };
      run.emit({ type: 'run-finished', outcome, exitCode, message, complete: run.isComplete() });
      return undefined;
    }
    return await endDeployment(run, state, wayBack, by.by);
  } finally {
    journal.close();
  }
}

/** Its programs are ended with their sessions. */
async function endSessions({ target, applicationName }: Run): Promise<void> {
  for (const server of serversOf(target)) {
    await withClient(server, applicationName, (client) =>
      endSessionsOf(client, { applicationName, during: 'the recovery' }),
    );
  }
}

async function endDeployment(
  run: Run,
  state: RunState,
  wayBack: WayBack,
  by: string,
): Promise<DeploymentReport> {
  const record = recordOf(state, by);
  const backup = await findBackup(run.target.store, run.target.name, state.backupId).catch(() => undefined);
  if (backup !== undefined) {
    record.backup = backup;
    record.backupProven = state.rehearsed !== undefined;
  }
  let outcome: DeploymentOutcome;
  let exitCode: number;
  try {
    // Not before it is decided: what was written meanwhile would be lost to a swap back.
    try {
      outcome = await settle(run, record, state, wayBack);
    } finally {
      await allowWrites(run, state);
    }
    exitCode = outcome === 'rolled-back' && state.command === 'rollback' ? 0 : EXIT_CODES[outcome];
  } catch (error) {
    const failure = toFailure(error);
    // The way back failed, which a person has to look at; after any other failure it is all to be done again.
    if (failure.code !== 'ROLLBACK_FAILED') throw error;
    record.failure = failure;
    outcome = 'rollback-failed';
    exitCode = exitCodeOf(failure.code);
  }
  if (outcome === 'deployed') delete record.failure;
  return finish(run, record, () => toReport(run, record, outcome, exitCode));
}

function recordOf(state: RunState, by: string): Record {
  const { during, process, planned } = state;
  const record = openRecord(state.command === 'rollback' ? 'rollback' : 'deploy');
  record.startedAt = state.startedAt;
  record.steps = state.steps;
  record.pending = planned?.pending ?? [];
  if (planned !== undefined) record.serverVersion = planned.serverVersion;
  record.hooksBegun = state.leftBehind.some(({ action }) => action === 'hooks');
  record.failure = { code: 'INTERRUPTED', during: during ?? null, host: process.host, pid: process.pid };
  record.recovered = { during: during ?? null, by };
  return record;
}

async function settle(
  run: Run,
  record: Record,
  state: RunState,
  wayBack: WayBack,
): Promise<DeploymentOutcome> {
  const { target, applicationName } = run;
  const swapped =
    state.swap && (await driverFor(driverNameOf(target)).settleSwap(target, state.swap, applicationName));
  await clearAway(run, state);
  if (swapped !== undefined || state.swap?.isComplete === true) {
    const { backup } = record;
    const onWarning = (warning: string) => void record.warnings.push(warning);
    record.rollback = {
      way: 'swap-back',
      verified: true,
      quarantine: state.swap?.quarantine ?? null,
      lockedMs: null,
      leftBehind:
        swapped === undefined || backup === undefined
          ? null
          : await countLeftBehind(run, backup, swapped, { migrated: state.migrated, onWarning }),
    };
    return 'rolled-back';
  }
  if (state.command === 'rollback') return 'failed';

  const { standing, warnings } = await withClient(target.connection, applicationName, (client) =>
    findStanding(client, run, state),
  );
  record.warnings.push(...warnings);
  if (standing === 'untouched') return 'failed';
  if (standing === 'old') {
    const isUndone = state.units.some(({ inverses }) => inverses !== null && inverses.length > 0);
    record.rollback = {
      way: isUndone ? 'inverses' : 'transaction',
      verified: warnings.length === 0,
      quarantine: null,
      lockedMs: null,
      leftBehind: [],
    };
    return 'rolled-back';
  }
  record.migrated = state.migrated;
  if (standing === 'new' && !state.isGoingBack && (await isProven(run, record))) return 'deployed';
  if (typeof wayBack === 'object' && standing === 'new') {
    record.warnings.push(`The target was kept as it stood, though not verified: ${wayBack.keep}`);
    return 'deployed';
  }
  const problem =
    standing === 'between'
      ? 'a part of its migrations is committed and has no inverse.'
      : `it is migrated, but not verified: ${explain(record.failure ?? { code: 'INTERNAL', problem: '' })}`;
  // What stands between two schemas cannot be kept, before its history says that it is complete.
  if (wayBack !== 'swap-back')
    throw new DeployError({ code: 'RECOVERY_NEEDED', target: target.name, deployment: run.id, problem });
  await goBack(run, record, state);
  return 'rolled-back';
}

async function goBack(run: Run, record: Record, { backupId, migrated }: RunState): Promise<void> {
  const { target } = run;
  let backup: Backup;
  try {
    backup = await findBackup(target.store, target.name, backupId);
  } catch (error) {
    const next = `see what else there is to go back to with pnpm backup:list --env ${target.name}, then run: pnpm deploy:rollback --env ${target.name} --to DEPLOYMENT`;
    const cause = explain(toFailure(error));
    throw new DeployError(
      { code: 'ROLLBACK_FAILED', target: target.name, backup: null, cause, next },
      { cause: error },
    );
  }
  const tools = await clientToolsFor(run, backup.manifest.driver);
  await rollBack(run, record, backup, { tools, migrated, before: record.failure });
}
