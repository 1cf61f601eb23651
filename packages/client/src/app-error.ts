import type { AppRouter } from '@apms/api';
import { TRPCClientError } from '@trpc/client';

/** What a failed call throws. */
export type ApiError = TRPCClientError<AppRouter>;

type AppError = NonNullable<ApiError['data']>['appError'];

/** The typed error behind a failed call; null for anything else, a lost connection for one. Narrow on its `code`. */
export function appErrorOf(error: unknown): AppError | null {
  return isApiError(error) ? (error.data?.appError ?? null) : null;
}

/** Whether a call failed with this code; its facts are then typed. */
export function isAppError<Code extends AppError['code']>(
  error: unknown,
  code: Code,
): error is ApiError & { readonly data: { readonly appError: Extract<AppError, { code: Code }> } } {
  return appErrorOf(error)?.code === code;
}

/** Whether there was no answer of the API at all: the connection failed, or something before it answered in its place. */
export function isUnreachable(error: unknown): boolean {
  return isApiError(error) && appErrorOf(error) === null && error.cause?.name !== 'AbortError';
}

/** The client throws no other kind of `TRPCClientError`: it speaks to one router only. */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof TRPCClientError;
}
