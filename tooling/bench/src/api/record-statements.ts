import { Client } from 'pg';
import type { SentStatement } from './sent-statement.ts';

// Loaded before the API in a process of its own: remembers what it sends, and gives it to whoever started it when
// asked. The processes that are measured run without it.

let sent: SentStatement[] = [];
let flight = 0;
let underway = 0;
const original = Client.prototype.query;

async function landed(answer: unknown): Promise<void> {
  await Promise.allSettled([answer]);
  underway -= 1;
}

function recorded(this: Client, ...args: unknown[]): unknown {
  if (underway === 0) flight += 1;
  underway += 1;
  sent.push({ ...statementOf(args), flight });
  const answer: unknown = Reflect.apply<Client, unknown[], unknown>(original, this, args);
  void landed(answer);
  return answer;
}

function statementOf([query, values]: readonly unknown[]): Pick<SentStatement, 'text' | 'values'> {
  const isConfig = typeof query === 'object' && query !== null && 'text' in query;
  const given: unknown = isConfig && 'values' in query ? query.values : values;
  return {
    text: String(isConfig ? query.text : query),
    values: Array.isArray(given) ? given : [],
  };
}

Reflect.set(Client.prototype, 'query', recorded);
process.on('message', () => {
  process.send?.(sent);
  sent = [];
});
// The API ends when its server does, not when nobody asks any more.
process.channel?.unref();
