import { nameParts } from '../../sql/tree.ts';
import { definedColumns } from '../defined-columns.ts';
import { nameOf, type Rule } from '../rule.ts';

const WHY: Readonly<Record<string, string>> = {
  bpchar: 'is filled up with blanks, which some comparisons and functions count and others do not',
  varchar: 'has its limit in its type, which is harder to make smaller than a check',
};

/** Text of a fixed or limited length. */
export const preferText: Rule = {
  name: 'prefer-text',
  acceptable: true,
  isPreference: true,
  check: ({ node }) =>
    definedColumns(node).flatMap(({ table, name, definition: { typeName, location } }) => {
      const type = nameParts(typeName?.names).at(-1) ?? '';
      const why = type === 'varchar' && !typeName?.typmods ? undefined : WHY[type];
      if (why === undefined) return [];
      return [
        {
          severity: 'notice',
          at: location,
          why: `${nameOf(table)}.${name} ${why}.`,
          rewrite: `text, with CHECK (length(${name}) <= …) where a limit is meant.`,
        },
      ];
    }),
};
