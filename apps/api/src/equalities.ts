import { Prisma } from '@apms/db';

/**
 * `a = $1` for each field that is given, one that is `undefined` left out. `columns` says which column each field is,
 * so that no name from outside ever becomes SQL.
 */
export function equalities<Field extends string>(
  columns: Readonly<Record<Field, Prisma.Sql>>,
  given: Readonly<Partial<Record<Field, unknown>>>,
): Prisma.Sql[] {
  return Object.entries<Prisma.Sql>(columns).flatMap(([field, column]) => {
    const value: unknown = Reflect.get(given, field);
    return value === undefined ? [] : [Prisma.sql`${column} = ${value}`];
  });
}
