import type { ColumnDef, Node } from 'libpg-query';
import { nameParts } from '../../sql/tree.ts';
import { columnConstraints } from '../alter-table.ts';
import { type DefinedColumn, definedColumns } from '../defined-columns.ts';
import { nameOf, type Rule } from '../rule.ts';
import { SERIAL_TYPES } from '../serial-types.ts';

const LARGEST: Readonly<Record<string, string>> = { int2: '32,767', int4: '2,147,483,647' };
const COUNTS_ITSELF = ['CONSTR_IDENTITY', 'CONSTR_PRIMARY'];

/** A key that runs out of numbers, after which nothing can be inserted. */
export const integerKey: Rule = {
  name: 'integer-key',
  acceptable: true,
  check: ({ node }) => {
    const ofTable = primaryKeyOf(node);
    return definedColumns(node).flatMap((column) => {
      const { table, name, definition } = column;
      const largest = LARGEST[baseType(definition)];
      if (largest === undefined || !isKey(column, ofTable)) return [];
      return [
        {
          severity: 'notice',
          at: definition.location,
          why: `${nameOf(table)}.${name} ends at ${largest}: the next INSERT fails, and a larger type then means writing the whole table anew.`,
          rewrite: 'Use bigint (GENERATED ALWAYS AS IDENTITY) or uuid for keys.',
        },
      ];
    });
  },
};

function baseType({ typeName }: ColumnDef): string {
  const name = nameParts(typeName?.names).at(-1) ?? '';
  return typeName?.arrayBounds ? '' : (SERIAL_TYPES[name] ?? name);
}

function isKey({ name, definition }: DefinedColumn, keyOfTable: readonly string[]): boolean {
  const isSerial = (nameParts(definition.typeName?.names).at(-1) ?? '') in SERIAL_TYPES;
  const constraints = columnConstraints(definition).map(({ contype = '' }) => contype);
  // Of several columns each one may be small.
  const isWholeKey = keyOfTable.length === 1 && keyOfTable[0] === name;
  return isSerial || isWholeKey || constraints.some((type) => COUNTS_ITSELF.includes(type));
}

function primaryKeyOf(node: Node): string[] {
  if (!('CreateStmt' in node)) return [];
  return (node.CreateStmt.tableElts ?? []).flatMap((element) =>
    'Constraint' in element && element.Constraint.contype === 'CONSTR_PRIMARY'
      ? nameParts(element.Constraint.keys)
      : [],
  );
}
