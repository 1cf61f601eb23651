import type { ConfigurationRows } from '@apms/validators';
import writeXlsxFile from 'write-excel-file/node';
import { encodeCellText } from '../xlsx/cell-text.ts';
import { headerOf, type TableLayout, type TableName, tableLayouts } from './table-layout.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * A workbook with one sheet for each kind of row; reading it gives the same rows in the same order.
 * Texts are plain text cells, so that no spreadsheet runs one that looks like a formula.
 */
export async function writeWorkbook(rows: ConfigurationRows): Promise<Uint8Array> {
  const stages = rows.policies.flatMap(({ stages: own, scopeCode, vendorCode, atpCategory }) =>
    own.map((stage) => ({ ...stage, scopeCode, vendorCode, atpCategory })),
  );
  const tables: Readonly<Record<TableName, readonly Row[]>> = { ...rows, stages };
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
  return writeXlsxFile(names.map((name) => sheetOf(tableLayouts[name], tables[name]))).toBuffer();
}

function sheetOf(layout: TableLayout, rows: readonly Row[]) {
  const fields = Object.entries(layout.fields);
  const header = fields.map(
    ([field]) => ({ type: String, value: headerOf(field), fontWeight: 'bold' }) as const,
  );
  const data = rows.map((row) => fields.map(([field, kind]) => cellOf(row[field], kind === 'json')));
  return { sheet: layout.sheet, data: [header, ...data], stickyRowsCount: 1 };
}

function cellOf(value: unknown, isJson: boolean) {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'number' && !isJson) return { type: Number, value } as const;
  if (typeof value === 'boolean' && !isJson) return { type: Boolean, value } as const;
  const text = typeof value === 'string' && !isJson ? value : JSON.stringify(value);
  return { type: String, value: encodeCellText(text) } as const;
}
