import { auditOrphans, listForeignKeys } from '@apms/db/checks';
import type { ForeignKey } from '@apms/validators';
import { type Client, escapeIdentifier } from 'pg';
import { interleave } from '../interleave.ts';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import { timed } from '../stopwatch.ts';

/** The audit of every key over two sessions, beside the same questions asked one after another in one. */
export async function measureOrphanAudit(clients: readonly Client[], runs: number): Promise<Line> {
  const [client] = clients;
  if (client === undefined) throw new TypeError('measureOrphanAudit needs a session');
  const keys = await listForeignKeys(client);
  const { reference, ours } = await interleave(
    runs,
    () =>
      timed(async () => {
        for (const key of keys) await client.query(orphanCount(key));
      }),
    () => timed(() => auditOrphans(clients, keys)),
  );
  return {
    measure: `orphan audit of ${keys.length} keys`,
    against: 'one after another',
    unit: 'ms',
    reference: median(reference),
    ours: median(ours),
    goal: { ratio: 0.85 },
  };
}

/** As one would write it by hand. */
function orphanCount({ table, columns, referencedTable, referencedColumns }: ForeignKey): string {
  const pairs = columns.map(
    (column, index) =>
      `p.${escapeIdentifier(referencedColumns[index] ?? '')} = c.${escapeIdentifier(column)}`,
  );
  const present = columns.map((column) => `c.${escapeIdentifier(column)} is not null`);
  return `select count(*) from ${escapeIdentifier(table)} c
          where ${present.join(' and ')}
            and not exists (select from ${escapeIdentifier(referencedTable)} p where ${pairs.join(' and ')})`;
}
