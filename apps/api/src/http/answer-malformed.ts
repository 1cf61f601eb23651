import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { AppError } from '../errors.ts';
import { answerError, asTrpcError } from '../trpc.ts';
import { inputRefused } from './input-refused.ts';

/** Node's own limit of a request's line and headers together. */
const HEADERS_LIMIT_BYTES = 16 * 1024;

/** Answers, in the same shape, what is no HTTP request, or no whole one in time, and closes the connection. */
export function answerMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, cause] = explain(error.code);
  const requestId = randomUUID();
  const shape = answerError(asTrpcError(cause), undefined, requestId);
  const body = JSON.stringify({ error: { ...shape, data: { ...shape.data, httpStatus: status } } });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${requestId}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function explain(code: string | undefined): readonly [status: number, cause: Error] {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return [431, new AppError({ code: 'HEADERS_TOO_LARGE', limitBytes: HEADERS_LIMIT_BYTES })];
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, new AppError({ code: 'TIMED_OUT' })];
  return [400, inputRefused('This is not HTTP')];
}
