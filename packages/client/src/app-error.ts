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

/** The client throws no other kind of `TRPCClientError`: it speaks to one router only. */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof TRPCClientError;
}
