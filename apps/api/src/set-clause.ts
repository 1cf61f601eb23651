import { Prisma } from '@apms/db';

/**
 * `a = $1, b = $2` for the fields of a change that are given; one that is `undefined` stays as it is.
 * `columns` says which column each field is, so that no field name from outside ever becomes SQL.
 */
export function setClause<Field extends string>(
  columns: Readonly<Record<Field, Prisma.Sql>>,
  changes: Readonly<Partial<Record<Field, unknown>>>,
  always: readonly Prisma.Sql[],
): Prisma.Sql {
  const fields = Object.entries<Prisma.Sql>(columns).flatMap(([field, column]) => {
    const value: unknown = Reflect.get(changes, field);
    return value === undefined ? [] : [Prisma.sql`${column} = ${value}`];
  });
  return Prisma.join([...fields, ...always], ', ');
}
