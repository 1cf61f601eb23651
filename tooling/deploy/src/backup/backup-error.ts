import { EmbeddedServerError } from '@apms/db/embedded';
import { DeployError, diskFullProblem, type Failure } from '../failure.ts';
import { databaseError, isConnectionLoss, messageOf } from '../postgres.ts';

interface Circumstances {
  during: string;
  target: string;
  user: string;
  signal?: AbortSignal | undefined;
}

/** What went wrong while a backup was made or restored, as a {@link DeployError} where the cause is known. */
export function backupError(error: unknown, circumstances: Circumstances): unknown {
  const failure = failureOf(error, circumstances);
  return failure === undefined ? error : new DeployError(failure, { cause: error });
}

function failureOf(error: unknown, { during, target, user, signal }: Circumstances): Failure | undefined {
  if (signal?.aborted === true) return { code: 'CANCELLED', during };
  if (error instanceof DeployError) return undefined;
  const problem = messageOf(error);
  const code = databaseError(error)?.code;
  if (code === '53100' || isDiskFull(error)) return { code: 'DISK_FULL', during, problem };
  if (code === '42501') return { code: 'PRIVILEGE_MISSING', user, missing: [problem] };
  if (isConnectionLoss(error)) return { code: 'CONNECTION_LOST', during, problem };
  if (error instanceof EmbeddedServerError) return { code: 'EMBEDDED_SERVER_FAILED', target, problem };
  return undefined;
}

function isDiskFull(error: unknown): boolean {
  if (error instanceof EmbeddedServerError && /no space left on device/i.test(error.facts.output ?? ''))
    return true;
  return diskFullProblem(error) !== undefined;
}
