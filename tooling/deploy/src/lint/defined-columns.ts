import type { ColumnDef, Node, RangeVar } from 'libpg-query';
import { tableCommands } from './alter-table.ts';

/** A column whose type a statement writes out. */
export interface DefinedColumn {
  table: RangeVar;
  name: string;
  definition: ColumnDef;
}

/** The columns that a statement makes, in a new table or an old one, or gives another type. */
export function definedColumns(node: Node): DefinedColumn[] {
  if ('CreateStmt' in node) {
    const { relation: table = {}, tableElts = [] } = node.CreateStmt;
    return tableElts.flatMap((element) =>
      'ColumnDef' in element
        ? { table, name: element.ColumnDef.colname ?? '', definition: element.ColumnDef }
        : [],
    );
  }
  return tableCommands(node).flatMap(({ table, command: { name, def } }) =>
    def && 'ColumnDef' in def
      ? { table, name: name ?? def.ColumnDef.colname ?? '', definition: def.ColumnDef }
      : [],
  );
}
