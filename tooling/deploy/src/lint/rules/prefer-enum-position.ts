import { nameParts } from '../../sql/tree.ts';
import type { Rule } from '../rule.ts';

/** A label that sorts behind all others because nobody said where. */
export const preferEnumPosition: Rule = {
  name: 'prefer-enum-position',
  acceptable: true,
  isPreference: true,
  check: ({ node }) => {
    if (!('AlterEnumStmt' in node)) return [];
    const { typeName, newVal = '', oldVal, newValNeighbor } = node.AlterEnumStmt;
    if (oldVal !== undefined || newValNeighbor !== undefined) return [];
    return [
      {
        severity: 'notice',
        why: `'${newVal}' sorts behind every other label of ${nameParts(typeName).at(-1) ?? ''}, and its place cannot be changed later.`,
        rewrite: `ADD VALUE '${newVal}' AFTER '…' says that it is meant.`,
      },
    ];
  },
};
