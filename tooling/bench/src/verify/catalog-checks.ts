import { runValidationSuite } from '@apms/db/checks';
import type { Client } from 'pg';
import { interleave } from '../interleave.ts';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import { timed } from '../stopwatch.ts';

const RUNS_EACH = 10;

/** What teams without a suite look at after a migration: are all tables and keys there? */
const COUNTS = `
  select (select count(*) from information_schema.tables where table_schema = 'public') as tables,
         (select count(*) from information_schema.table_constraints
           where table_schema = 'public' and constraint_type = 'FOREIGN KEY') as keys,
         (select count(*) from information_schema.columns where table_schema = 'public') as columns`;

/** The checks that read only the catalog (schema integrity, type alignment, indexes), beside one query that counts. */
export async function measureCatalogChecks(client: Client, runs: number): Promise<Line> {
  const suite = async () => {
    await client.query('begin');
    try {
      return await timed(() =>
        runValidationSuite(client, { codes: ['C1', 'C2', 'I1'], orphans: 'trust-validated' }),
      );
    } finally {
      await client.query('rollback');
    }
  };
  const { reference, ours } = await interleave(
    runs * RUNS_EACH,
    () => timed(() => client.query(COUNTS)),
    suite,
  );
  return {
    measure: 'catalog part of the suite',
    against: 'one information_schema count',
    unit: 'ms',
    reference: median(reference),
    ours: median(ours),
    goal: { ratio: 1.5 },
  };
}
