import { DeployError, type Failure, isDiskFull } from '../failure.ts';
import { databaseError, isConnectionLoss, messageOf } from '../postgres.ts';

/** What went wrong while a backup was made, checked or restored, as a {@link DeployError} where the cause is known. */
export function backupError(
  error: unknown,
  during: string,
  options: { signal?: AbortSignal | undefined; user: string },
): unknown {
  if (options.signal?.aborted === true)
    return new DeployError({ code: 'CANCELLED', during }, { cause: error });
  const failure = failureOf(error, during, options.user);
  return failure === undefined ? error : new DeployError(failure, { cause: error });
}

function failureOf(error: unknown, during: string, user: string): Failure | undefined {
  if (error instanceof DeployError) return undefined;
  const problem = messageOf(error);
  const code = databaseError(error)?.code;
  if (code === '53100' || isDiskFull(error)) return { code: 'DISK_FULL', during, problem };
  if (code === '42501') return { code: 'PRIVILEGE_MISSING', user, missing: [problem] };
  if (isConnectionLoss(error)) return { code: 'CONNECTION_LOST', during, problem };
  return undefined;
}
