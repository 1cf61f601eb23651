import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What may be written to a log and a header as it came. */
const WELL_FORMED = /^[\w.-]{8,64}$/;

/** The caller's `x-request-id` when it is well-formed, else a new one. */
export function requestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && WELL_FORMED.test(given) ? given : randomUUID();
}
