import { Prisma } from '@apms/db';

/**
 * `a = $1` for each filter that is given. `columns` says which column each filter is, so that no name from outside
 * ever becomes SQL.
 */
export function equalities<Filter extends string>(
  columns: Readonly<Record<Filter, Prisma.Sql>>,
  wanted: Readonly<Partial<Record<Filter, unknown>>>,
): Prisma.Sql[] {
  return Object.entries<Prisma.Sql>(columns).flatMap(([filter, column]) => {
    const value: unknown = Reflect.get(wanted, filter);
    return value === undefined ? [] : [Prisma.sql`${column} = ${value}`];
  });
}
