export { usualDefaults, type WorkspaceDefaults } from './defaults.ts';
export { defaultLimits, type WorkbookLimits } from './limits.ts';
export {
  type ReadOptions,
  type ReadProgress,
  readWorkbook,
  type SheetKind,
  type WorkbookReading,
} from './read-workbook.ts';
