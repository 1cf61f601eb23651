export { usualDefaults, type WorkspaceDefaults } from './defaults.ts';
export { defaultLimits, type WorkbookLimits } from './limits.ts';
export { readWorkbook } from './read-workbook.ts';
export type { ReadOptions, ReadProgress, WorkbookReading } from './reading.ts';
export type { SheetKind } from './sheet-kind.ts';
export { writeWorkbook } from './tables/write-workbook.ts';
export { readWorkbookInWorker, type WorkerOptions } from './worker/read-workbook-in-worker.ts';
