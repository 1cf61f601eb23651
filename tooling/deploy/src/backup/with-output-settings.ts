import type pg from 'pg';

/** What would change how values print, or let a hash skip rows unnoticed; and what only costs time on many small queries. */
const SETTINGS: Record<string, string> = {
  search_path: 'pg_catalog',
  lc_monetary: 'C',
  row_security: 'off',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
};

/** Runs `use` with the settings under which the same rows hash the same everywhere, and puts the session's own back. */
export async function withOutputSettings<T>(client: pg.ClientBase, use: () => Promise<T>): Promise<T> {
  const names = Object.keys(SETTINGS);
  const { rows } = await client.query<{ values: string[] }>(
    'select array(select current_setting(n) from unnest($1::text[]) with ordinality as u (n, i) order by i) as values',
    [names],
  );
  const former = rows[0]?.values ?? [];
  await assign(client, names, Object.values(SETTINGS));
  try {
    return await use();
  } finally {
    // An aborted transaction refuses it, and puts them back itself.
    await assign(client, names, former).catch(() => undefined);
  }
}

async function assign(client: pg.ClientBase, names: string[], values: string[]): Promise<void> {
  await client.query('select set_config(n, v, false) from unnest($1::text[], $2::text[]) as u (n, v)', [
    names,
    values,
  ]);
}
