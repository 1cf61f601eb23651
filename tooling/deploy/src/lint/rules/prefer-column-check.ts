import { nameParts } from '../../sql/tree.ts';
import type { Rule } from '../rule.ts';

/** A domain with a rule of its own, which can only be changed for all tables at once. */
export const preferColumnCheck: Rule = {
  name: 'prefer-column-check',
  acceptable: true,
  isPreference: true,
  check: ({ node }) => {
    if (!('CreateDomainStmt' in node)) return [];
    const { domainname, constraints = [] } = node.CreateDomainStmt;
    const has = constraints.some(
      (constraint) =>
        'Constraint' in constraint &&
        ['CONSTR_CHECK', 'CONSTR_NOTNULL'].includes(constraint.Constraint.contype ?? ''),
    );
    if (!has) return [];
    return [
      {
        severity: 'notice',
        why: `The rules of the domain ${nameParts(domainname).at(-1) ?? ''} can only be changed for all tables at once, and each of them is read then.`,
        rewrite:
          'Put the check on the columns, where it can be added NOT VALID and validated table by table.',
      },
    ];
  },
};
