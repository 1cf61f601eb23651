import { type ClientBase, DatabaseError } from 'pg';

/**
 * Runs `work` with the given server settings on this connection and puts the former values back,
 * inside or outside a transaction.
 */
export async function withSettings<T>(
  client: ClientBase,
  settings: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const names = Object.keys(settings);
  const { rows } = await client.query<{ former: string[] }>(
    'select array(select current_setting(name) from unnest($1::text[]) with ordinality s(name, n) order by n) as former',
    [names],
  );
  await apply(client, names, Object.values(settings));
  try {
    return await work();
  } finally {
    await apply(client, names, rows[0]?.former ?? []).catch(ignoreAbortedTransaction);
  }
}

async function apply(client: ClientBase, names: readonly string[], values: readonly string[]): Promise<void> {
  await client.query(
    'select set_config(name, value, false) from unnest($1::text[], $2::text[]) s(name, value)',
    [names, values],
  );
}

/** An aborted transaction undoes the settings itself; a lost connection takes them along. */
function ignoreAbortedTransaction(error: unknown): void {
  if (error instanceof DatabaseError && error.code !== '25P02') throw error;
}
