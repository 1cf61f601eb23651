import { TRPCError } from '@trpc/server';
import type { RequestContext } from '../context.ts';
import { answerError, asTrpcError } from '../trpc.ts';
import type { Deadline } from './deadline.ts';
import { inputRefused } from './input-refused.ts';
import type { KnownProcedure } from './procedures-of.ts';

/** One call of a procedure. */
export interface Call {
  readonly path: string;
  /** Undefined when there is none of this path. */
  readonly procedure: KnownProcedure | undefined;
  /** Whether it came as a request that may only read. */
  readonly isRead: boolean;
  readonly input: () => unknown;
  readonly index: number;
  readonly ctx: RequestContext;
  readonly deadline: Deadline;
}

/** What a call is answered with. */
export interface Answer {
  readonly status: number;
  /** What the procedure gave. */
  readonly data: unknown;
  /** Null when the call succeeded, as is `failure`. */
  readonly error: TRPCError | null;
  /** What the caller is told of the error. */
  readonly failure: ReturnType<typeof answerError> | null;
}

/** Calls the procedure; every failure is an answer too. */
export async function callProcedure(call: Call): Promise<Answer> {
  const { path, procedure, index, ctx, deadline } = call;
  try {
    if (procedure === undefined) {
      throw new TRPCError({ code: 'NOT_FOUND', message: `No procedure found on path "${path}"` });
    }
    const { type } = procedure;
    if (type === 'subscription') throw inputRefused('A subscription cannot be part of a batch');
    // A query may be posted, for its input may not fit into a URL; a mutation can never be got.
    if (type === 'mutation' && call.isRead) throw new TRPCError({ code: 'METHOD_NOT_SUPPORTED' });
    const { signal } = deadline;
    const getRawInput = async () => call.input();
    const data: unknown = await deadline.outcomeOf(
      procedure.run({ path, getRawInput, ctx, type, signal, batchIndex: index }),
    );
    return { status: 200, data, error: null, failure: null };
  } catch (cause) {
    const error = asTrpcError(cause);
    const failure = answerError(error, path, ctx.requestId);
    return { status: failure.data.httpStatus, data: undefined, error, failure };
  }
}
