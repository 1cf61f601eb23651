import type { ConfigurationRows, ImportFinding } from '@apms/validators';
import { readClassic } from './classic/read-classic.ts';
import type { WorkspaceDefaults } from './defaults.ts';
import { emptyRows } from './empty-rows.ts';
import { Findings } from './findings.ts';
import { defaultLimits, type WorkbookLimits } from './limits.ts';
import { Refusal } from './refusal.ts';
import type { SheetKind } from './sheet-kind.ts';
import { readTables } from './tables/read-tables.ts';
import { readDocument } from './xlsx/read-document.ts';
import type { Sheet } from './xlsx/sheet.ts';

/** How far a reading is; `rowsTotal` is what the sheet says of itself while it is being unpacked. */
export interface ReadProgress {
  phase: 'unpacking' | 'understanding';
  sheet: string;
  rowsDone: number;
  rowsTotal: number;
}

export interface ReadOptions {
  defaults: WorkspaceDefaults;
  onProgress?: (progress: ReadProgress) => void;
  limits?: Partial<WorkbookLimits>;
}

export interface WorkbookReading {
  rows: ConfigurationRows;
  findings: ImportFinding[];
  /** Every worksheet in order; `rowCount` counts rows below the header that were read. */
  sheets: { name: string; kind: SheetKind; rowCount: number }[];
}

/**
 * Reads a workbook of any kind and never throws for what a file says: a file that cannot be read gives no
 * rows and one finding. Every code that a row names is there as a row.
 */
export async function readWorkbook(bytes: Uint8Array, options: ReadOptions): Promise<WorkbookReading> {
  const limits = { ...defaultLimits, ...options.limits };
  const findings = new Findings(limits.findingsPerCode);
  const report = (phase: ReadProgress['phase']) => (sheet: string, rowsDone: number, rowsTotal: number) => {
    options.onProgress?.({ phase, sheet, rowsDone, rowsTotal });
  };
  try {
    const sheets = await readDocument(bytes, limits, report('unpacking'));
    return understand(sheets, options.defaults, findings, report('understanding'));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return unreadable(error, limits);
  }
}

/** The reading of a file that could not be read. */
export function unreadable(
  { code, message }: Refusal,
  limits: WorkbookLimits = defaultLimits,
): WorkbookReading {
  const findings = new Findings(limits.findingsPerCode);
  findings.add(code, {}, message);
  return { rows: emptyRows(), findings: findings.list(), sheets: [] };
}

function understand(
  sheets: readonly Sheet[],
  defaults: WorkspaceDefaults,
  findings: Findings,
  onRows: (sheet: string, rowsDone: number, rowsTotal: number) => void,
): WorkbookReading {
  const visible = sheets.filter((sheet) => !sheet.isHidden);
  const exported = readTables(visible, findings);
  const { rows, kinds } = exported ?? readClassic(visible, defaults, findings, onRows);
  const list = sheets.map((sheet) => {
    const known = kinds.get(sheet);
    if (known !== undefined) return { name: sheet.name, ...known };
    return { name: sheet.name, kind: reportUnread(sheet, findings), rowCount: 0 };
  });
  return { rows, findings: findings.list(), sheets: list };
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
