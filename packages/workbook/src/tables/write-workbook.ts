import type { ConfigurationRows } from '@apms/validators';
import { type CellValue, type WrittenSheet, writeDocument } from '../xlsx/write-document.ts';
import { headerOf, type TableLayout, type TableName, tableLayouts } from './table-layout.ts';

type Row = Readonly<Record<string, unknown>>;

const names: readonly TableName[] = [
  'scopes',
  'vendors',
  'roles',
  'policies',
  'stages',
  'clusters',
  'approvers',
  'people',
];

/**
 * A workbook with one sheet for each kind of row; reading it gives the same rows in the same order.
 * Texts are plain text cells, so that no spreadsheet runs one that looks like a formula.
 */
export async function writeWorkbook(rows: ConfigurationRows): Promise<Uint8Array> {
  const stages = rows.policies.flatMap(({ stages: own, scopeCode, vendorCode, atpCategory }) =>
    own.map((stage) => ({ ...stage, scopeCode, vendorCode, atpCategory })),
  );
  const tables: Readonly<Record<TableName, readonly Row[]>> = { ...rows, stages };
  return writeDocument(names.map((name) => sheetOf(tableLayouts[name], tables[name])));
}

function sheetOf(layout: TableLayout, rows: readonly Row[]): WrittenSheet {
  return { name: layout.sheet, rows: cellsOf(layout, rows) };
}

function* cellsOf({ fields, optional }: TableLayout, rows: readonly Row[]): Generator<CellValue[]> {
  const columns = Object.entries({ ...fields, ...optional });
  yield columns.map(([field]) => headerOf(field));
  for (const row of rows) yield columns.map(([field, kind]) => cellOf(row[field], kind === 'json'));
}

function cellOf(value: unknown, isJson: boolean): CellValue {
  if (value === null || value === undefined) return null;
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isPlain && !isJson ? value : JSON.stringify(value);
}
