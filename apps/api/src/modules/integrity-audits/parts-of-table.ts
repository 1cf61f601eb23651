import { Prisma, type SqlTransaction } from '@apms/db';

/** A table whose rows are deleted with those of another one, because they are parts of them. */
export interface Part {
  readonly table: string;
  /** The column that refers to the whole. */
  readonly column: string;
  readonly whole: string;
  readonly primaryKey: string;
  readonly isDeletable: boolean;
}

/** What would be deleted together with rows of the table, wholes before their parts. */
export async function partsOfTable(tx: SqlTransaction, table: string): Promise<Part[]> {
  return await tx.query<Part[]>(Prisma.sql`
    with recursive part as (
      select c.conrelid, c.confrelid, c.conkey, 1 as depth from pg_constraint c
      where c.contype = 'f' and c.confdeltype = 'c' and c.connamespace = 'public'::regnamespace
        and c.confrelid = ${`public.${table}`}::regclass
      union
      select c.conrelid, c.confrelid, c.conkey, part.depth + 1 from pg_constraint c join part on part.conrelid = c.confrelid
      where c.contype = 'f' and c.confdeltype = 'c' and c.conrelid <> c.confrelid
    )
    select t.relname as table, own.attname as column, w.relname as whole, pk.attname as "primaryKey",
           has_table_privilege('apms_jobs', t.oid, 'DELETE') as "isDeletable"
    from part
    join pg_class t on t.oid = part.conrelid
    join pg_class w on w.oid = part.confrelid
    join pg_attribute own on own.attrelid = t.oid and own.attnum = part.conkey[1]
    join pg_index i on i.indrelid = t.oid and i.indisprimary
    join pg_attribute pk on pk.attrelid = t.oid and pk.attnum = i.indkey[0]
    order by part.depth, t.relname, own.attname`);
}
