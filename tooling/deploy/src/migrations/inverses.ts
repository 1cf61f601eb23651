import type pg from 'pg';
import { z } from 'zod';
import type { Inverse } from '../sql/inverse.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { constraintState, hasColumn, indexState, isValidated, relationExists } from './catalog-state.ts';

const RelationName = z.object({ schema: z.string().optional(), name: z.string() });
type IndexName = z.infer<typeof RelationName>;

/**
 * An inverse with the facts it needs from the catalog, which only the state before its statement has. Plain data: it is
 * written into the journal before the statement runs, so that another process can undo what a killed one did.
 */
export const PreparedInverse = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('drop-index'), sql: z.string() }),
  z.object({
    kind: z.literal('recreate-index'),
    indexes: z.array(RelationName.extend({ definition: z.string() })),
  }),
  z.object({ kind: z.literal('drop-constraint'), table: RelationName, name: z.string() }),
  z.object({ kind: z.literal('drop-column'), table: RelationName, name: z.string() }),
  z.object({ kind: z.literal('drop-table'), table: RelationName }),
  z.object({
    kind: z.literal('unvalidate-constraint'),
    table: RelationName,
    name: z.string(),
    definition: z.string(),
  }),
]);
export type PreparedInverse = z.infer<typeof PreparedInverse>;

/** A concurrent drop that was interrupted leaves the index there but invalid: then it is dropped and built anew. */
async function recreate(client: pg.Client, index: IndexName & { definition: string }): Promise<void> {
  const present = await indexState(client, index);
  if (present?.valid === true) return;
  if (present !== undefined)
    await client.query(`drop index concurrently ${quoteIdentifier(index.name, index.schema)}`);
  // pg_get_indexdef writes one canonical form, so the first " INDEX " is the keyword.
  await client.query(index.definition.replace(' INDEX ', ' INDEX CONCURRENTLY '));
}

/**
 * Makes an inverse ready before its statement runs; undefined when nothing short of the backup undoes that.
 * @param earlier the inverses of what ran before it.
 */
export async function prepareInverse(
  client: pg.Client,
  inverse: Inverse | undefined,
  earlier: readonly PreparedInverse[] = [],
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
    // What was there before is not the statement's: the statement fails, or does nothing.
    case 'drop-constraint':
      return (await isValidated(client, inverse)) === undefined ? inverse : { kind: 'nothing' };
    case 'drop-column':
      return (await hasColumn(client, inverse)) ? { kind: 'nothing' } : inverse;
    case 'drop-table':
      return (await relationExists(client, inverse.table)) ? { kind: 'nothing' } : inverse;
    case 'unvalidate-constraint': {
      const { table, name } = inverse;
      // A constraint that goes with what ran before need not be made anew first.
      if (earlier.some((other) => other.kind === 'drop-constraint' && isSame(other, inverse)))
        return { kind: 'nothing' };
      const state = await constraintState(client, inverse);
      if (state === undefined || state.valid) return { kind: 'nothing' };
      return state.plain
        ? { kind: 'unvalidate-constraint', table, name, definition: state.definition }
        : undefined;
    }
  }
}

type OfTable = { table: z.infer<typeof RelationName>; name: string };

function isSame(one: OfTable, other: OfTable): boolean {
  return (
    one.name === other.name && one.table.name === other.table.name && one.table.schema === other.table.schema
  );
}

/** What an inverse does: as SQL where it is one statement, else in words. */
export function describeInverse(inverse: PreparedInverse): string {
  if (inverse.kind === 'nothing') return 'nothing to undo';
  if (inverse.kind === 'recreate-index')
    return `recreate ${inverse.indexes.map(({ name }) => name).join(', ')}`;
  return sqlOf(inverse);
}

function sqlOf(inverse: Exclude<PreparedInverse, { kind: 'nothing' | 'recreate-index' }>): string {
  if (inverse.kind === 'drop-index') return inverse.sql;
  const table = quoteIdentifier(inverse.table.name, inverse.table.schema);
  if (inverse.kind === 'drop-table') return `DROP TABLE ${table}`;
  const name = quoteIdentifier(inverse.name);
  if (inverse.kind === 'drop-column') return `ALTER TABLE ${table} DROP COLUMN ${name}`;
  const drop = `ALTER TABLE ${table} DROP CONSTRAINT ${name}`;
  return inverse.kind === 'drop-constraint' ? drop : `${drop}, ADD CONSTRAINT ${name} ${inverse.definition}`;
}

/** Undoes one statement; does nothing, and waits for no lock, where it is undone already. */
export async function runInverse(client: pg.Client, inverse: PreparedInverse): Promise<void> {
  if (inverse.kind === 'nothing') return;
  if (inverse.kind === 'recreate-index') {
    for (const index of inverse.indexes) await recreate(client, index);
  } else if (await isThere(client, inverse)) {
    await client.query(sqlOf(inverse));
  }
}

async function isThere(
  client: pg.Client,
  inverse: Exclude<PreparedInverse, { kind: 'nothing' | 'recreate-index' }>,
): Promise<boolean> {
  switch (inverse.kind) {
    case 'drop-index':
      return true;
    case 'drop-table':
      return relationExists(client, inverse.table);
    case 'drop-column':
      return hasColumn(client, inverse);
    case 'drop-constraint':
      return (await isValidated(client, inverse)) !== undefined;
    case 'unvalidate-constraint':
      return (await isValidated(client, inverse)) === true;
  }
}

/** Whether others read and write on while an inverse waits for its lock and runs. */
export function blocksNobody(inverse: PreparedInverse): boolean {
  if (inverse.kind === 'drop-index') return inverse.sql.startsWith('DROP INDEX CONCURRENTLY ');
  return inverse.kind === 'nothing' || inverse.kind === 'recreate-index';
}

/** Removes what a failed attempt of the statement left half done (an invalid index) and would fail the next one. */
export async function makeWay(client: pg.Client, inverse: PreparedInverse): Promise<void> {
  if (inverse.kind === 'drop-index') await client.query(inverse.sql);
}

/**
 * Runs inverses, the latest first.
 * @param run runs one of them; the plain {@link runInverse} unless locks may have to be waited for.
 */
export async function runInverses(
  client: pg.Client,
  inverses: readonly PreparedInverse[],
  before: (summary: string) => void,
  run: (client: pg.Client, inverse: PreparedInverse) => Promise<void> = runInverse,
): Promise<void> {
  for (const inverse of inverses.toReversed()) {
    before(describeInverse(inverse));
    await run(client, inverse);
  }
}
