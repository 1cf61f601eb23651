import { runValidationSuite, type ValidationSuiteOptions } from '@apms/db/checks';
import type { CheckResult } from '@apms/validators';
import { tableRowCounts } from '../backup/content.ts';
import { DeployError } from '../failure.ts';
import { describeCheck } from '../gate.ts';
import { withClient, withTransaction } from '../postgres.ts';
import type { Run } from '../run-context.ts';

export interface Verified {
  checks: CheckResult[];
  rowCounts: Map<string, number>;
}

/**
 * Runs the whole validation suite against the target, orphan scan included, and counts its rows. It writes only
 * within savepoints that are rolled back, so it is safe on a production database at work.
 */
export async function verifyTarget(
  run: Pick<Run, 'target' | 'applicationName'>,
  options: ValidationSuiteOptions,
): Promise<Verified> {
  return withClient(run.target.connection, run.applicationName, async (client) => {
    const checks = await withTransaction(client, 'begin', () => runValidationSuite(client, options));
    return { checks, rowCounts: await tableRowCounts(client) };
  });
}

/** A sentence for each C check that did not pass. */
export function failedChecks(checks: readonly CheckResult[]): string[] {
  return checks.filter(({ code, status }) => code.startsWith('C') && status !== 'passed').map(describeCheck);
}

/** @throws {VERIFICATION_FAILED} when there is one. */
export function assertNoProblems(problems: string[]): void {
  if (problems.length > 0) throw new DeployError({ code: 'VERIFICATION_FAILED', problems });
}
