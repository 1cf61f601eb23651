import type { CheckResult } from '@apms/validators';
import pRetry from 'p-retry';
import { describeChecks, describeSmoke } from './describe-step.ts';
import { toFailure } from './failure.ts';
import { finishedNames, readHistory } from './migrations/history.ts';
import { isConnectionProblem, withClient } from './postgres.ts';
import { progressOf } from './progress-of.ts';
import type { Record } from './record.ts';
import type { Run } from './run-context.ts';
import { runStep } from './run-step.ts';
import { keyProgress } from './steps/key-progress.ts';
import { documented } from './steps/rehearse.ts';
import { smoke } from './steps/smoke.ts';
import { assertNoProblems, failedChecks, verifyTarget } from './steps/verify.ts';

/** The steps after the commit; whatever fails in them goes to the record, as why the target is swapped back. */
export async function isProven(run: Run, record: Record): Promise<boolean> {
  try {
    await runStep(run, record, 'verify', () => verify(run, record), describeChecks);
    await runStep(run, record, 'smoke', () => smoke(run, record), describeSmoke);
    return true;
  } catch (error) {
    record.failure = toFailure(error);
    return false;
  }
}

/** A lost connection says nothing of what was deployed, so the verification is then begun again. */
async function verify(run: Run, record: Record): Promise<readonly CheckResult[]> {
  const { checks, rowCounts } = await pRetry(
    () =>
      verifyTarget(run, {
        ...documented(run, record.pending),
        onKey: keyProgress(progressOf(run, 'verify')),
      }),
    {
      retries: 10,
      minTimeout: 1_000,
      factor: 1,
      shouldRetry: ({ error }) => isConnectionProblem(error),
    },
  );
  record.targetChecks = checks;
  record.rowsAfter = rowCounts;
  assertNoProblems([...failedChecks(checks), ...(await lostMigrations(run, record))]);
  return checks;
}

/** What was committed, and is not there any more: a server that crashed may have lost a commit that it had confirmed. */
async function lostMigrations({ target, applicationName }: Run, { pending }: Record): Promise<string[]> {
  const history = await withClient(target.connection, applicationName, readHistory);
  const present = finishedNames(history);
  return pending
    .filter(({ name }) => !present.has(name))
    .map(({ name }) => `${name} was committed, and is not in the history any more.`);
}
