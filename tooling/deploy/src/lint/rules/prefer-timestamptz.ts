import { lastName } from '../../sql/tree.ts';
import { definedColumns } from '../defined-columns.ts';
import { nameOf, type Rule } from '../rule.ts';

/** A time of which nobody knows in which zone it was. */
export const preferTimestamptz: Rule = {
  name: 'prefer-timestamptz',
  acceptable: true,
  isPreference: true,
  check: ({ node }) =>
    definedColumns(node).flatMap(({ table, name, definition: { typeName, location } }) => {
      if (lastName(typeName?.names) !== 'timestamp') return [];
      return [
        {
          severity: 'notice',
          at: location,
          why: `${nameOf(table)}.${name} drops the zone of what is written: the same instant, written by two sessions, becomes two times that are hours apart.`,
          rewrite: 'Use timestamptz.',
        },
      ];
    }),
};
