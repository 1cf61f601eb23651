import type { ConfigurationRows, ImportFinding } from '@apms/validators';
import type { WorkspaceDefaults } from './defaults.ts';
import type { WorkbookLimits } from './limits.ts';
import type { SheetKind } from './sheet-kind.ts';

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

/** A reading in parts, so that a large one need not be held twice: rows in their order, and at last the rest. */
export type ReadingPart =
  | { kind: 'rows'; rows: Partial<ConfigurationRows> }
  | { kind: 'done'; rest: Omit<WorkbookReading, 'rows'> };
