import { TRPCError } from '@trpc/server';
import { ZodRealError } from 'zod';

/** The error for an input that cannot even be read; `message` says to the caller why. */
export function inputRefused(
  message: string,
  code: 'BAD_REQUEST' | 'UNSUPPORTED_MEDIA_TYPE' = 'BAD_REQUEST',
): TRPCError {
  const cause = new ZodRealError([{ code: 'custom', path: [], message, input: undefined }]);
  return new TRPCError({ code, message, cause });
}
