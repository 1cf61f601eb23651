import type { Findings } from '../findings.ts';
import type { Sheet } from '../xlsx/sheet.ts';
import {
  type CellKind,
  headerKey,
  headerOf,
  type TableLayout,
  type TableName,
  tableLayouts,
} from './table-layout.ts';

/** A sheet that holds a table; without one the table is empty. */
export interface Table {
  sheet: Sheet | undefined;
  /** Position of the header in `sheet.rows`. */
  index: number;
  columns: readonly { field: string; kind: CellKind; column: number; isOptional: boolean }[];
}

export type Tables = Readonly<Record<TableName, Table>>;

const searchedRows = 20;
const none: Table = { sheet: undefined, index: 0, columns: [] };

/**
 * The tables of an exported workbook, by the headers of its sheets; nothing when no sheet lists scopes or
 * policies as an export does.
 */
export function findTables(sheets: readonly Sheet[], findings: Findings): Tables | undefined {
  const find = (name: TableName) => {
    const tables = sheets.flatMap((sheet) => asTable(sheet, tableLayouts[name]) ?? []);
    for (const { sheet } of tables.slice(1)) {
      const reason = `${tables[0]?.sheet?.name} has the ${tableLayouts[name].sheet} already; this sheet is left out.`;
      findings.add('TABLE_KEY_DUPLICATE', { sheet: sheet?.name }, reason);
    }
    return tables[0];
  };
  const scopes = find('scopes');
  const policies = find('policies');
  if (scopes === undefined && policies === undefined) return undefined;
  const need = (name: TableName, table = find(name)): Table => {
    if (table !== undefined) return table;
    const headers = Object.keys(tableLayouts[name].fields).map(headerOf).join(', ');
    findings.add('TABLE_MISSING', {}, `No sheet has the columns of ${tableLayouts[name].sheet}: ${headers}.`);
    return none;
  };
  return {
    scopes: need('scopes', scopes),
    vendors: need('vendors'),
    roles: need('roles'),
    policies: need('policies', policies),
    stages: need('stages'),
    clusters: need('clusters'),
    approvers: need('approvers'),
    people: need('people'),
  };
}

function asTable(sheet: Sheet, layout: TableLayout): Table | undefined {
  for (const [index, row] of sheet.rows.slice(0, searchedRows).entries()) {
    const keys = row.cells.map(headerKey);
    const find = (fields: TableLayout['fields'], isOptional: boolean) =>
      Object.entries(fields).map(([field, kind]) => {
        return { field, kind, column: keys.indexOf(headerKey(headerOf(field))), isOptional };
      });
    const columns = find(layout.fields, false);
    if (columns.some(({ column }) => column < 0)) continue;
    const optional = find(layout.optional, true).filter(({ column }) => column >= 0);
    return { sheet, index, columns: [...columns, ...optional] };
  }
  return undefined;
}
