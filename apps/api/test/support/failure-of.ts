import { AppErrorData } from '@apms/validators';
import { TRPCClientError } from '@trpc/client';

/** The typed error with which a call fails. */
export async function failureOf(call: Promise<unknown>): Promise<AppErrorData> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error;
    const data: unknown = error.data;
    if (typeof data !== 'object' || data === null || !('appError' in data)) throw error;
    return AppErrorData.parse(data.appError);
  }
  throw new Error('the call was expected to fail');
}
