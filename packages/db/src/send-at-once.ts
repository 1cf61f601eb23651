import { Writable } from 'node:stream';
import type { ClientBase } from 'pg';

/**
 * Holds back what is sent on the connection until the present turn of the event loop ends, so that statements of one
 * flight leave in one write instead of one each.
 */
export function sendAtOnce(client: ClientBase): void {
  // Not in the driver's types; without it every statement is written on its own.
  const connection: unknown = Reflect.get(client, 'connection');
  if (typeof connection !== 'object' || connection === null) return;
  const stream: unknown = Reflect.get(connection, 'stream');
  if (!(stream instanceof Writable)) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
