import { DeployError } from '../failure.ts';
import type { Run } from '../run-context.ts';
import { withDeploymentLock } from '../steps/lock.ts';
import { describeRecovery } from './describe-recovery.ts';
import { findUnfinishedRuns } from './find-runs.ts';
import { recoverTarget } from './recover-target.ts';
import { reviveTarget } from './revive-target.ts';

/**
 * What a deployment begins with: brings killed runs of its target to their end, unless another deployment is at work,
 * which the step `lock` will tell. It does not swap back unasked: the application may have written for days since.
 * @throws {RECOVERY_NEEDED, ROLLBACK_FAILED} where the target stands between two states, or unverified.
 */
export async function recoverFirst(run: Run): Promise<void> {
  const { config, target, emit } = run;
  if ((await findUnfinishedRuns(config, target.name)).length === 0) return;
  await reviveTarget(run);
  try {
    const recovery = await withDeploymentLock(run, () => recoverTarget(run, 'refuse', () => undefined));
    for (const message of describeRecovery(target.name, recovery))
      emit({ type: 'note', level: 'info', message });
  } catch (error) {
    if (error instanceof DeployError && error.failure.code === 'LOCKED') return;
    throw error;
  }
}
