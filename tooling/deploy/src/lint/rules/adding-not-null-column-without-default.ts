import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { lastName } from '../../sql/tree.ts';
import { addedColumns, defaultOf } from '../alter-table.ts';
import { nameOf, type Rule } from '../rule.ts';
import { SERIAL_TYPES } from '../serial-types.ts';

const FILLS_ITSELF = ['CONSTR_IDENTITY', 'CONSTR_GENERATED'];

/** A NOT NULL column for which existing rows have no value: PostgreSQL refuses it as soon as there is one row. */
export const addingNotNullColumnWithoutDefault: Rule = {
  name: 'adding-not-null-column-without-default',
  acceptable: true,
  check: ({ node }, { schema }) =>
    addedColumns(node).flatMap(({ table, ifExists, column, constraints, command }) => {
      const { colname = '', typeName } = column;
      const target = schema.table(table, ifExists);
      const alreadyThere = command.missing_ok === true && target.columns.has(colname);
      const notNull = constraints.some(
        ({ contype }) => contype === 'CONSTR_NOTNULL' || contype === 'CONSTR_PRIMARY',
      );
      const filled =
        defaultOf(constraints) !== undefined ||
        constraints.some(({ contype }) => contype !== undefined && FILLS_ITSELF.includes(contype)) ||
        lastName(typeName?.names) in SERIAL_TYPES;
      if (!notNull || filled || alreadyThere || target.rows === 0) return [];
      const quoted = quoteIdentifier(table.relname ?? '', table.schemaname);
      return [
        {
          severity: 'error',
          at: column.location,
          why: `${nameOf(table)} has rows, and they would have no value for the NOT NULL column ${colname}: the statement fails.`,
          rewrite: `Give the column a constant DEFAULT, or add it without NOT NULL, fill it in batches, and then prove it: ALTER TABLE ${quoted} ADD CONSTRAINT … CHECK (${quoteIdentifier(colname)} IS NOT NULL) NOT VALID; VALIDATE CONSTRAINT; SET NOT NULL.`,
        },
      ];
    }),
};
