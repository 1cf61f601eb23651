import type pg from 'pg';
import { z } from 'zod';
import type { Inverse } from '../sql/inverse.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';

const IndexName = z.object({ schema: z.string().optional(), name: z.string() });
type IndexName = z.infer<typeof IndexName>;

/**
 * An inverse with the facts it needs from the catalog, which only the state before its statement has. Plain data: it is
 * written into the journal before the statement runs, so that another process can undo what a killed one did.
 */
export const PreparedInverse = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('drop-index'), sql: z.string() }),
  z.object({
    kind: z.literal('recreate-index'),
    indexes: z.array(IndexName.extend({ definition: z.string() })),
  }),
]);
export type PreparedInverse = z.infer<typeof PreparedInverse>;

interface IndexState {
  definition: string;
  valid: boolean;
  /** The definition says all there is to it: no comment, no statistics target, no part in CLUSTER or replication. */
  plain: boolean;
}

async function indexState(client: pg.Client, { schema, name }: IndexName): Promise<IndexState | undefined> {
  const { rows } = await client.query<IndexState>(
    `select pg_get_indexdef(i.indexrelid) as definition, i.indisvalid as valid,
            not i.indisclustered and not i.indisreplident and obj_description(c.oid, 'pg_class') is null
              and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attstattarget >= 0) as plain
       from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
      where c.relname = $1 and case when $2::text is null then pg_table_is_visible(c.oid) else n.nspname = $2 end`,
    [name, schema ?? null],
  );
  return rows[0];
}

/** A concurrent drop that was interrupted leaves the index there but invalid: then it is dropped and built anew. */
async function recreate(client: pg.Client, index: IndexName & { definition: string }): Promise<void> {
  const present = await indexState(client, index);
  if (present?.valid === true) return;
  if (present !== undefined)
    await client.query(`drop index concurrently ${quoteIdentifier(index.name, index.schema)}`);
  // pg_get_indexdef writes one canonical form, so the first " INDEX " is the keyword.
  await client.query(index.definition.replace(' INDEX ', ' INDEX CONCURRENTLY '));
}

/** Makes an inverse ready before its statement runs; undefined when nothing short of the backup undoes that. */
export async function prepareInverse(
  client: pg.Client,
  inverse: Inverse | undefined,
): Promise<PreparedInverse | undefined> {
  switch (inverse?.kind) {
    case undefined:
      return undefined;
    case 'nothing':
      return { kind: 'nothing' };
    case 'drop-index':
      // An index that was there before is not the statement's: the statement fails, or does nothing.
      return (await indexState(client, inverse)) === undefined
        ? { kind: 'drop-index', sql: inverse.sql }
        : { kind: 'nothing' };
    case 'recreate-index': {
      const present = await Promise.all(
        inverse.indexes.map(async (index) => ({ index, state: await indexState(client, index) })),
      );
      if (present.some(({ state }) => state?.plain === false)) return undefined;
      const indexes = present.flatMap(({ index, state }) =>
        state === undefined ? [] : { ...index, definition: state.definition },
      );
      return { kind: 'recreate-index', indexes };
    }
  }
}

/** What an inverse does: as SQL where it is one statement, else in words. */
export function describeInverse(inverse: PreparedInverse): string {
  switch (inverse.kind) {
    case 'nothing':
      return 'nothing to undo';
    case 'drop-index':
      return inverse.sql;
    case 'recreate-index':
      return `recreate ${inverse.indexes.map(({ name }) => name).join(', ')}`;
  }
}

/** Undoes one statement; does nothing where it is undone already. */
export async function runInverse(client: pg.Client, inverse: PreparedInverse): Promise<void> {
  switch (inverse.kind) {
    case 'nothing':
      return;
    case 'drop-index':
      await client.query(inverse.sql);
      return;
    case 'recreate-index':
      for (const index of inverse.indexes) await recreate(client, index);
  }
}

/** Removes what a failed attempt of the statement left half done (an invalid index) and would fail the next one. */
export async function makeWay(client: pg.Client, inverse: PreparedInverse): Promise<void> {
  if (inverse.kind === 'drop-index') await client.query(inverse.sql);
}

/** Runs inverses, the latest first. */
export async function runInverses(
  client: pg.Client,
  inverses: readonly PreparedInverse[],
  before: (summary: string) => void,
): Promise<void> {
  for (const inverse of inverses.toReversed()) {
    before(describeInverse(inverse));
    await runInverse(client, inverse);
  }
}
