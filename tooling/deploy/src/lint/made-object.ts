import type { Node, RangeVar } from 'libpg-query';
import { nameParts } from '../sql/tree.ts';
import { columnState } from './apply-table-command.ts';
import { blankTable, type TableState } from './table-state.ts';

/** A table or materialized view that a statement makes. */
export interface MadeRelation {
  relation: RangeVar;
  table: TableState;
  ifNotExists: boolean;
}

/** The table or materialized view that a statement makes; undefined where it makes none. */
export function madeRelation(node: Node): MadeRelation | undefined {
  if ('CreateStmt' in node) {
    const { relation, if_not_exists: ifNotExists = false, tableElts = [] } = node.CreateStmt;
    const table = blankTable('new');
    for (const element of tableElts) {
      if ('ColumnDef' in element)
        table.columns.set(element.ColumnDef.colname ?? '', columnState(element.ColumnDef));
    }
    return relation && { relation, table, ifNotExists };
  }
  if ('CreateTableAsStmt' in node) {
    const { into, if_not_exists: ifNotExists = false } = node.CreateTableAsStmt;
    return into?.rel && { relation: into.rel, table: blankTable('new'), ifNotExists };
  }
  if ('SelectStmt' in node) {
    const relation = node.SelectStmt.intoClause?.rel;
    return relation && { relation, table: blankTable('new'), ifNotExists: false };
  }
  return undefined;
}

/** The own name of the type or domain that a statement makes; undefined where it makes none. */
export function madeType(node: Node): string | undefined {
  if ('CreateEnumStmt' in node) return nameParts(node.CreateEnumStmt.typeName).at(-1);
  if ('CreateDomainStmt' in node) return nameParts(node.CreateDomainStmt.domainname).at(-1);
  if ('CompositeTypeStmt' in node) return node.CompositeTypeStmt.typevar?.relname;
  return undefined;
}
