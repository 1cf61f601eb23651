import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { addedConstraints } from '../alter-table.ts';
import { nameOf, type Rule, severityOfBlocking, sizeOf } from '../rule.ts';

const KINDS: Readonly<Record<string, string>> = {
  CONSTR_UNIQUE: 'UNIQUE',
  CONSTR_PRIMARY: 'PRIMARY KEY',
  CONSTR_EXCLUSION: 'EXCLUDE',
};

/** A constraint whose index is built while the table refuses reads and writes. */
export const uniqueConstraintWithoutIndex: Rule = {
  name: 'unique-constraint-without-index',
  acceptable: true,
  check: ({ node }, context) =>
    addedConstraints(node).flatMap(({ table, ifExists, constraint }) => {
      const kind = KINDS[constraint.contype ?? ''];
      if (kind === undefined || constraint.indexname !== undefined) return [];
      const target = context.schema.table(table, ifExists);
      const severity = severityOfBlocking(target, context);
      if (severity === undefined) return [];
      const quoted = quoteIdentifier(table.relname ?? '', table.schemaname);
      const name = constraint.conname === undefined ? '…' : quoteIdentifier(constraint.conname);
      return [
        {
          severity,
          at: constraint.location,
          why: `The index of the ${kind} constraint is built while ${nameOf(table)} (${sizeOf(target)}) refuses reads and writes.`,
          rewrite:
            kind === 'EXCLUDE'
              ? 'An exclusion constraint cannot use an index built before. Announce the lock and accept this finding, or enforce the rule by a trigger.'
              : `CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${quoted} (…); ALTER TABLE ${quoted} ADD CONSTRAINT ${name} ${kind} USING INDEX ${name};`,
        },
      ];
    }),
};
