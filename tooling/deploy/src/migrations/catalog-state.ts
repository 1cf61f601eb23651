import type pg from 'pg';

/** A relation as a statement names it. */
export interface RelationName {
  schema?: string | undefined;
  name: string;
}

/** An index, as far as making it anew needs it. */
export interface IndexState {
  definition: string;
  valid: boolean;
  /** The definition says all there is to it: no comment, no statistics target, no part in CLUSTER or replication. */
  plain: boolean;
}

/** A constraint, likewise. */
export interface ConstraintState {
  definition: string;
  valid: boolean;
  /** The definition says all there is to it: no comment, and it is not inherited. */
  plain: boolean;
}

const NAMED = `c.relname = $1 and case when $2::text is null then pg_table_is_visible(c.oid) else n.nspname = $2 end`;

/** The index of that name; undefined where there is none. */
export async function indexState(
  client: pg.Client,
  { schema, name }: RelationName,
): Promise<IndexState | undefined> {
  const { rows } = await client.query<IndexState>(
    `select pg_get_indexdef(i.indexrelid) as definition, i.indisvalid as valid,
            not i.indisclustered and not i.indisreplident and obj_description(c.oid, 'pg_class') is null
              and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attstattarget >= 0) as plain
       from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
      where ${NAMED}`,
    [name, schema ?? null],
  );
  return rows[0];
}

/** The constraint of that name on that table; undefined where there is none. Its definition is read under a lock. */
export async function constraintState(
  client: pg.Client,
  { table, name }: { table: RelationName; name: string },
): Promise<ConstraintState | undefined> {
  const { rows } = await client.query<ConstraintState>(
    `select pg_get_constraintdef(k.oid) as definition, k.convalidated as valid,
            k.conislocal and k.coninhcount = 0 and obj_description(k.oid, 'pg_constraint') is null as plain
       from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      where k.conname = $3 and ${NAMED}`,
    [table.name, table.schema ?? null, name],
  );
  return rows[0];
}

/** Whether that constraint is validated; undefined where there is none. Waits for nobody who has locked the table. */
export async function isValidated(
  client: pg.Client,
  { table, name }: { table: RelationName; name: string },
): Promise<boolean | undefined> {
  const { rows } = await client.query<{ valid: boolean }>(
    `select k.convalidated as valid
       from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      where k.conname = $3 and ${NAMED}`,
    [table.name, table.schema ?? null, name],
  );
  return rows[0]?.valid;
}

/** Whether that table has a column of that name. */
export async function hasColumn(
  client: pg.Client,
  { table, name }: { table: RelationName; name: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where a.attname = $3 and not a.attisdropped and ${NAMED}`,
    [table.name, table.schema ?? null, name],
  );
  return rowCount !== 0;
}

/** Whether there is a relation of that name. */
export async function relationExists(client: pg.Client, { schema, name }: RelationName): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${NAMED}`,
    [name, schema ?? null],
  );
  return rowCount !== 0;
}
