import { TRPCError } from '@trpc/server';
import { errorCodes, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { AppError } from '../errors.ts';
import { answerError, asTrpcError, toAppError } from '../trpc.ts';
import type { HttpLimits } from './http-limits.ts';
import { inputRefused } from './input-refused.ts';

/** Whatever goes wrong outside of a procedure is answered as procedures answer. */
export function answerFailures(server: FastifyInstance, limits: HttpLimits): void {
  server.setErrorHandler(
    async (error, request, reply) => await answerFailure(explain(error, limits), request, reply),
  );
  server.setNotFoundHandler(async (request, reply) => {
    const error = new AppError({ code: 'PROCEDURE_NOT_FOUND', path: pathOf(request) });
    return await answerFailure(error, request, reply);
  });
}

/** Answers with the failure and logs it, an unexpected one with its cause. */
export async function answerFailure(
  cause: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const error = asTrpcError(cause);
  const failure = toAppError(error);
  if (failure.data.code === 'INTERNAL') request.log.error({ err: cause }, 'unexpected failure');
  else request.log.debug({ code: failure.data.code }, 'refused');
  const shape = answerError(error, undefined, request.id);
  return await reply
    .status(shape.data.httpStatus)
    .header('x-request-id', request.id)
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify({ error: shape }));
}

function explain(error: unknown, limits: HttpLimits): unknown {
  if (error instanceof errorCodes.FST_ERR_CTP_BODY_TOO_LARGE) {
    return new AppError({ code: 'BODY_TOO_LARGE', limitBytes: limits.bodyBytes }, { cause: error });
  }
  if (error instanceof errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE) {
    return inputRefused('The body has to be application/json', 'UNSUPPORTED_MEDIA_TYPE');
  }
  if (error instanceof TRPCError || error instanceof AppError) return error;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return inputRefused('The request is malformed');
  }
  return error;
}

function pathOf({ url }: FastifyRequest): string {
  return (url.split('?', 1)[0] ?? '').slice(0, 200);
}
