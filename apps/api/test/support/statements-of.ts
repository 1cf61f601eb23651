import { Client } from 'pg';
import { vi } from 'vitest';

/** The statements about a table that this process sends while the work is done. */
export async function statementsOf(table: string, work: () => Promise<unknown>): Promise<string[]> {
  const spy = vi.spyOn(Client.prototype, 'query');
  try {
    await work();
    return spy.mock.calls
      .map(([query]: readonly unknown[]) => textOf(query))
      .filter((text) => new RegExp(String.raw`\b${table}\b`).test(text));
  } finally {
    spy.mockRestore();
  }
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  const text: unknown =
    typeof query === 'object' && query !== null && 'text' in query ? query.text : undefined;
  return typeof text === 'string' ? text : '';
}
