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
  readonly method: 'GET' | 'POST';
  readonly input: () => unknown;
  readonly index: number;
  readonly ctx: RequestContext;
  readonly deadline: Deadline;
}

/** What a call is answered with, as `@trpc/client` reads it. */
export interface Answer {
  readonly status: number;
  readonly json: string;
  /** Null when the call succeeded. */
  readonly error: TRPCError | null;
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
    if (type === 'mutation' && call.method !== 'POST') throw new TRPCError({ code: 'METHOD_NOT_SUPPORTED' });
    const { signal } = deadline;
    const getRawInput = async () => call.input();
    const data: unknown = await deadline.outcomeOf(
      procedure.run({ path, getRawInput, ctx, type, signal, batchIndex: index }),
    );
    return { status: 200, json: JSON.stringify({ result: { data } }), error: null };
  } catch (cause) {
    const error = asTrpcError(cause);
    const shape = answerError(error, path, ctx.requestId);
    return { status: shape.data.httpStatus, json: JSON.stringify({ error: shape }), error };
  }
}
