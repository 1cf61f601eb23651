import { Prisma } from '@apms/db';
import { equalities } from './equalities.ts';

/**
 * `a = $1, b = $2` for the fields of a change that are given; one that is `undefined` stays as it is. `columns` says
 * which column each field is; `always` is set whatever is given.
 */
export function setClause<Field extends string>(
  columns: Readonly<Record<Field, Prisma.Sql>>,
  changes: Readonly<Partial<Record<Field, unknown>>>,
  always: readonly Prisma.Sql[],
): Prisma.Sql {
  return Prisma.join([...equalities(columns, changes), ...always], ', ');
}
