import { nameParts } from '../../sql/tree.ts';
import { definedColumns } from '../defined-columns.ts';
import { nameOf, type Rule } from '../rule.ts';
import { SERIAL_TYPES } from '../serial-types.ts';

/** A column of whole numbers of less than 64 bits. */
export const preferBigint: Rule = {
  name: 'prefer-bigint',
  acceptable: true,
  isPreference: true,
  check: ({ node }) =>
    definedColumns(node).flatMap(({ table, name, definition: { typeName, location } }) => {
      const type = nameParts(typeName?.names).at(-1) ?? '';
      if (!['int2', 'int4'].includes(SERIAL_TYPES[type] ?? type)) return [];
      return [
        {
          severity: 'notice',
          at: location,
          why: `${nameOf(table)}.${name} holds numbers of ${type.includes('2') || type.startsWith('small') ? '16' : '32'} bits, and a larger type later means writing the whole table anew.`,
          rewrite: 'Use bigint.',
        },
      ];
    }),
};
