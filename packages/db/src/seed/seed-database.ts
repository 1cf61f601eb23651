import type { ClientBase } from 'pg';
import { activation } from './activation.ts';
import { assertSeedable } from './assert-seedable.ts';
import { auditEvents } from './audit-events.ts';
import { configuration } from './configuration.ts';
import { foundation } from './foundation.ts';
import { overrides } from './overrides.ts';
import { punchlists } from './punchlists.ts';
import { routes } from './routes.ts';
import { planSeed, type SeedOptions, type SeedPlan, type SeedStatement } from './seed-plan.ts';
import { stages } from './stages.ts';
import { placeSubmissions, submissions } from './submissions.ts';
import { workflows } from './workflows.ts';

/** What a seed has added. */
export interface SeedFigures {
  /** Rows added, by table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly totalRows: number;
  /** Of the whole database. */
  readonly sizeBytes: number;
  readonly durationMs: number;
}

/** Memory for the set-based statements; compiling them takes longer than it saves. */
const settings = `
  set local work_mem = '256MB'; set local temp_buffers = '64MB'; set local jit = off;
  set local search_path = public, pg_temp; set local timezone = 'UTC'`;

/**
 * Fills a database, from the second migration on, with workspaces in full operation: everything or nothing, in one
 * transaction of its own, then ANALYZE. Rows that are there already stay untouched.
 * @throws {SeedError} when the database cannot take the rows
 * @throws {RangeError} when an option is out of range
 */
export async function seedDatabase(client: ClientBase, options: SeedOptions = {}): Promise<SeedFigures> {
  const startedAt = performance.now();
  const plan = planSeed(options);
  await assertSeedable(client, plan);
  const rows: Record<string, number> = {};
  await client.query('begin');
  try {
    await client.query(settings);
    for (const statement of statements(plan)) {
      const begunAt = performance.now();
      const added = await run(client, statement);
      if (added === undefined) continue;
      rows[statement.table] = (rows[statement.table] ?? 0) + added;
      options.onProgress?.({
        table: statement.table,
        rows: added,
        durationMs: performance.now() - begunAt,
      });
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  await client.query(`analyze ${Object.keys(rows).join(', ')}`);
  const { rows: size } = await client.query<{ bytes: string }>(
    'select pg_database_size(current_database()) as bytes',
  );
  return {
    rows,
    totalRows: Object.values(rows).reduce((sum, count) => sum + count, 0),
    sizeBytes: Number(size[0]?.bytes ?? 0),
    durationMs: performance.now() - startedAt,
  };
}

/** Configuration changes only while its version is a DRAFT, and workflows start only from one that no longer is. */
function statements(plan: SeedPlan): SeedStatement[] {
  return [
    ...foundation(plan),
    ...configuration(plan),
    ...activation(plan),
    ...routes(),
    placeSubmissions(plan),
    ...workflows(plan),
    ...stages(plan),
    ...punchlists(plan),
    ...submissions(plan),
    ...overrides(plan),
    ...auditEvents(plan),
  ];
}

/** The number of rows that the statement has added to a table that lasts. */
async function run(client: ClientBase, { table, sql }: SeedStatement): Promise<number | undefined> {
  const { command, rowCount } = await client.query(sql);
  if (command === 'INSERT') return rowCount ?? 0;
  if (command === 'SELECT') await client.query(`analyze ${table}`);
  return undefined;
}
