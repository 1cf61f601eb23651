import type { Findings } from '../findings.ts';
import type { Table } from './find-tables.ts';
import type { CellKind } from './table-layout.ts';

const deepestJson = 100;

/** Rows of another table that a row has to name; one without a value names none. */
export interface Reference {
  fields: readonly string[];
  known: ReadonlySet<string>;
  what: string;
}

/** What checks a row: a schema of the validators. */
interface RowSchema<Row> {
  safeParse(
    value: unknown,
  ): { success: true; data: Row } | { success: false; error: { issues: readonly Issue[] } };
}

interface Issue {
  path: readonly PropertyKey[];
  message: string;
}

/**
 * The rows of a table that are valid, have a key of their own and name only rows that exist; each other one
 * is a finding.
 */
export function readTable<Row extends Readonly<Record<string, unknown>>>(
  { sheet, index, columns }: Table,
  schema: RowSchema<Row>,
  key: readonly string[],
  references: readonly Reference[],
  findings: Findings,
): { rows: Row[]; keys: Set<string> } {
  const rows: Row[] = [];
  const keys = new Set<string>();
  for (const { number, cells } of sheet?.rows.slice(index + 1) ?? []) {
    const place = { sheet: sheet?.name, row: number };
    if (columns.every(({ column }) => (cells[column] ?? '') === '')) continue;
    const values = columns
      .filter(({ column, isOptional }) => !isOptional || (cells[column] ?? '') !== '')
      .map(({ field, kind, column }) => [field, valueOf(cells[column] ?? '', kind)]);
    const parsed = schema.safeParse(Object.fromEntries(values));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const at = columns.find(({ field }) => field === issue?.path[0])?.column;
      const value = at === undefined ? undefined : cells[at];
      findings.add(
        'TABLE_ROW_INVALID',
        { ...place, column: at, value },
        issue?.message ?? 'The row is not valid.',
      );
      continue;
    }
    const row = parsed.data;
    const own = keyOf(row, key);
    const missing = references.find(
      ({ fields, known }) => isNamed(row, fields) && !known.has(keyOf(row, fields)),
    );
    if (missing !== undefined) {
      const named = nameOf(row, missing.fields);
      findings.add(
        'TABLE_REFERENCE_MISSING',
        { ...place, value: named },
        `There is no ${missing.what} ${named}.`,
      );
    } else if (keys.has(own)) {
      const named = nameOf(row, key);
      findings.add('TABLE_KEY_DUPLICATE', { ...place, value: named }, `A row above is ${named} already.`);
    } else {
      keys.add(own);
      rows.push(row);
    }
  }
  return { rows, keys };
}

/** What tells a row from the others of its table. */
export function keyOf(row: Readonly<Record<string, unknown>>, fields: readonly string[]): string {
  return JSON.stringify(fields.map((field) => row[field] ?? null));
}

function nameOf(row: Readonly<Record<string, unknown>>, fields: readonly string[]): string {
  const values = fields.map((field) => row[field]);
  return values
    .map((value) => (typeof value === 'string' || typeof value === 'number' ? value : 'any'))
    .join(', ');
}

function isNamed(row: Readonly<Record<string, unknown>>, fields: readonly string[]): boolean {
  return fields.some((field) => row[field] !== null && row[field] !== undefined);
}

function valueOf(text: string, kind: CellKind): unknown {
  if (text === '') return null;
  switch (kind) {
    case 'text':
      return text;
    case 'email':
      return text.toLowerCase();
    case 'number':
      return Number(text);
    case 'boolean':
      return readBoolean(text);
    case 'json':
      return readJson(text);
  }
}

function readBoolean(text: string): boolean | string {
  const word = text.trim().toLowerCase();
  if (word === 'true' || word === '1' || word === 'yes') return true;
  return word === 'false' || word === '0' || word === 'no' ? false : text;
}

function readJson(text: string): unknown {
  if (depthOf(text) > deepestJson) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[{\]}]/g)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
