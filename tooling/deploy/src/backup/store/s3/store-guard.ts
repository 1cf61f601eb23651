import { DeployError, type StoreFailureReason } from '../../../failure.ts';
import { messageOf } from '../../../postgres.ts';

/** What the SDK, the server and the network call their errors, by what they come to. */
const REASONS: Record<Exclude<StoreFailureReason, 'other'>, readonly string[]> = {
  credentials: ['CredentialsProviderError', 'TokenProviderError'],
  denied: [
    'AccessDenied',
    'Forbidden',
    'InvalidAccessKeyId',
    'SignatureDoesNotMatch',
    'ExpiredToken',
    'ExpiredTokenException',
    'InvalidToken',
    'AccountProblem',
  ],
  bucket: ['NoSuchBucket', 'InvalidBucketName', 'PermanentRedirect', 'AuthorizationHeaderMalformed'],
  clock: ['RequestTimeTooSkewed', 'RequestExpired'],
  unreachable: [
    'TimeoutError',
    'RequestTimeout',
    'InternalError',
    'ServiceUnavailable',
    'SlowDown',
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    'EAI_AGAIN',
  ],
};

/** Runs a request to the store, whose errors come out as failures of the store. */
export interface Guard {
  <T>(request: () => Promise<T>): Promise<T>;
  /** The same for a content while it is read. */
  stream(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>;
}

/**
 * Turns errors of the SDK into failures: {STORE_FAILED} with its reason, or {STORE_LOST} when the store did answer before.
 * Errors of who asked (a content that broke off, an answer that is part of the protocol) pass.
 */
export function storeGuard(store: string): Guard {
  let answered = false;
  const explained = (error: unknown) => {
    const reason = reasonOf(error);
    if (reason === undefined) return error;
    const problem = textOf(error);
    const failure =
      reason === 'unreachable' && answered
        ? ({ code: 'STORE_LOST', store, problem } as const)
        : ({ code: 'STORE_FAILED', store, reason, problem } as const);
    return new DeployError(failure, { cause: error });
  };
  const guard = async <T>(request: () => Promise<T>): Promise<T> => {
    try {
      const result = await request();
      answered = true;
      return result;
    } catch (error) {
      throw explained(error);
    }
  };
  return Object.assign(guard, {
    async *stream(content: AsyncIterable<Uint8Array>) {
      try {
        yield* content;
      } catch (error) {
        throw explained(error);
      }
    },
  });
}

/** Whether trying again may help. */
export function isTransient(error: unknown): boolean {
  return reasonOf(error) === 'unreachable';
}

/** Whether an error is one of those that the protocol calls so. */
export function errorNamed(error: unknown, ...names: string[]): boolean {
  return namesOf(error).some((name) => names.includes(name));
}

function reasonOf(error: unknown): StoreFailureReason | undefined {
  if (error instanceof DeployError) return undefined;
  const names = namesOf(error);
  if (names.includes('AbortError') || names.includes('NoSuchKey')) return undefined;
  for (const reason of ['credentials', 'denied', 'bucket', 'clock', 'unreachable'] as const)
    if (REASONS[reason].some((name) => names.includes(name))) return reason;
  const status = statusOf(error);
  if (status === undefined) return textOf(error).includes('Region is missing') ? 'bucket' : undefined;
  return status >= 500 && status !== 501 ? 'unreachable' : 'other';
}

function namesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const inner = error instanceof AggregateError ? error.errors.flatMap(namesOf) : namesOf(error.cause);
  return [error.name, ...('code' in error ? [String(error.code)] : []), ...inner];
}

/** Only an answer of the server has one. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error && '$metadata' in error)) return undefined;
  const { $metadata } = error;
  if (typeof $metadata !== 'object' || $metadata === null || !('httpStatusCode' in $metadata))
    return undefined;
  return typeof $metadata.httpStatusCode === 'number' ? $metadata.httpStatusCode : undefined;
}

function textOf(error: unknown): string {
  const text = messageOf(error);
  if (!(error instanceof Error) || error.name === 'Error' || text.includes(error.name)) return text;
  return `${text} (${error.name})`;
}
