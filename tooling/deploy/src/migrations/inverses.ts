import type pg from 'pg';
import type { Inverse } from '../sql/inverse.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';

type IndexName = { schema: string | undefined; name: string };

/** An inverse with the facts it needs from the catalog, which only the state before its statement has. */
export interface PreparedInverse {
  /** What it will do, for the journal. */
  summary: string;
  run(client: pg.Client): Promise<void>;
  /** Removes what a failed attempt of the statement left half done (an invalid index) and would fail the next one. */
  makeWay(client: pg.Client): Promise<void>;
}

const nothing = async () => undefined;
const NOTHING: PreparedInverse = { summary: 'nothing to undo', run: nothing, makeWay: nothing };

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
async function recreate(client: pg.Client, index: IndexName, definition: string): Promise<void> {
  const present = await indexState(client, index);
  if (present?.valid === true) return;
  if (present !== undefined)
    await client.query(`drop index concurrently ${quoteIdentifier(index.name, index.schema)}`);
  // pg_get_indexdef writes one canonical form, so the first " INDEX " is the keyword.
  await client.query(definition.replace(' INDEX ', ' INDEX CONCURRENTLY '));
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
      return NOTHING;
    case 'drop-index': {
      // An index that was there before is not the statement's: the statement fails, or does nothing.
      if ((await indexState(client, inverse)) !== undefined) return NOTHING;
      const run = async (session: pg.Client) => void (await session.query(inverse.sql));
      return { summary: inverse.sql, run, makeWay: run };
    }
    case 'recreate-index': {
      const present = await Promise.all(
        inverse.indexes.map(async (index) => ({ index, state: await indexState(client, index) })),
      );
      if (present.some(({ state }) => state?.plain === false)) return undefined;
      return {
        summary: `recreate ${inverse.indexes.map(({ name }) => name).join(', ')}`,
        async run(session) {
          for (const { index, state } of present)
            if (state !== undefined) await recreate(session, index, state.definition);
        },
        makeWay: nothing,
      };
    }
  }
}

/** Runs inverses, the latest first. */
export async function runInverses(
  client: pg.Client,
  inverses: readonly PreparedInverse[],
  before: (summary: string) => void,
): Promise<void> {
  for (const inverse of inverses.toReversed()) {
    before(inverse.summary);
    await inverse.run(client);
  }
}
