import { readClassic } from './classic/read-classic.ts';
import type { WorkspaceDefaults } from './defaults.ts';
import { Findings } from './findings.ts';
import { defaultLimits } from './limits.ts';
import type { ReadingPart, ReadOptions, ReadProgress } from './reading.ts';
import { Refusal } from './refusal.ts';
import type { SheetKind } from './sheet-kind.ts';
import { findTables, type Tables } from './tables/find-tables.ts';
import { readDocument } from './xlsx/read-document.ts';
import type { Sheet } from './xlsx/sheet.ts';

/** Reads a workbook part by part; the last part is the only one of its kind. Never throws for what a file says. */
export async function* readParts(bytes: Uint8Array, options: ReadOptions): AsyncGenerator<ReadingPart> {
  const limits = { ...defaultLimits, ...options.limits };
  const findings = new Findings(limits.findingsPerCode);
  const report = (phase: ReadProgress['phase']) => (sheet: string, rowsDone: number, rowsTotal: number) => {
    options.onProgress?.({ phase, sheet, rowsDone, rowsTotal });
  };
  try {
    const sheets = await readDocument(bytes, limits, report('unpacking'));
    yield* understand(sheets, options.defaults, findings, report('understanding'));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    findings.add(error.code, {}, error.message);
    yield { kind: 'done', rest: { findings: findings.list(), sheets: [] } };
  }
}

async function* understand(
  sheets: readonly Sheet[],
  defaults: WorkspaceDefaults,
  findings: Findings,
  onRows: (sheet: string, rowsDone: number, rowsTotal: number) => void,
): AsyncGenerator<ReadingPart> {
  const visible = sheets.filter((sheet) => !sheet.isHidden);
  const tables = findTables(visible, findings);
  const { parts, kinds } =
    tables === undefined
      ? readClassic(visible, defaults, findings, onRows)
      : await understandTables(tables, findings);
  for (const rows of parts) yield { kind: 'rows', rows };
  const list = sheets.map((sheet) => {
    const known = kinds.get(sheet);
    if (known !== undefined) return { name: sheet.name, ...known };
    return { name: sheet.name, kind: reportUnread(sheet, findings), rowCount: 0 };
  });
  yield { kind: 'done', rest: { findings: findings.list(), sheets: list } };
}

/** Loads the schemas only for an export: most workbooks are none, and a worker starts anew for each. */
async function understandTables(tables: Tables, findings: Findings) {
  const { readTables } = await import('./tables/read-tables.ts');
  return readTables(tables, findings);
}

function reportUnread(sheet: Sheet, findings: Findings): SheetKind {
  if (sheet.rows.length === 0) return 'EMPTY';
  if (sheet.isHidden) {
    findings.add('SHEET_HIDDEN', { sheet: sheet.name }, 'The sheet is hidden and therefore left out.');
    return 'HIDDEN';
  }
  const reason =
    'The sheet is neither an approval matrix nor a list of clusters with their people; it is left out.';
  findings.add('SHEET_UNRECOGNISED', { sheet: sheet.name }, reason);
  return 'OTHER';
}
