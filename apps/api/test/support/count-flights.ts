import { Client } from 'pg';

/** What was sent to the database while something ran. */
export interface Flights {
  /** Statements of the transactions, without those that open and end them. */
  readonly statements: number;
  /** How often it was waited for the server: statements that are sent together are one flight. */
  readonly flights: number;
}

/** By which the connection that listens for changes sees, every 15 s, whether it is still there: nobody's call. */
const HEARTBEAT = 'select 1';

/** Counts what all connections of this process send while `work` runs; nothing else may run meanwhile. */
export async function countFlights(work: () => Promise<unknown>): Promise<Flights> {
  const original = Client.prototype.query;
  let statements = 0;
  let flights = 0;
  let underway = 0;
  async function landed(answer: unknown): Promise<void> {
    await Promise.allSettled([answer]);
    underway -= 1;
  }
  function counted(this: Client, ...args: unknown[]): unknown {
    const text: unknown = isStatement(args[0]) ? args[0].text : args[0];
    if (text === HEARTBEAT) return Reflect.apply<Client, unknown[], unknown>(original, this, args);
    if (!/^\s*(begin|commit|rollback|select set_config)/.test(String(text))) statements += 1;
    if (underway === 0) flights += 1;
    underway += 1;
    const answer: unknown = Reflect.apply<Client, unknown[], unknown>(original, this, args);
    void landed(answer);
    return answer;
  }
  Reflect.set(Client.prototype, 'query', counted);
  try {
    await work();
  } finally {
    Reflect.set(Client.prototype, 'query', original);
  }
  return { statements, flights };
}

function isStatement(value: unknown): value is { readonly text: string } {
  return typeof value === 'object' && value !== null && 'text' in value;
}
