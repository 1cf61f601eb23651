export { auditOrphans } from './audit-orphans.ts';
export type { Documentation, ValidationSuiteOptions } from './check.ts';
export { hotPathIndexes } from './hot-path-indexes.ts';
export { approvalHistory, configLookup, type HotQuery, pendingTasks, slaScan } from './hot-queries.ts';
export { type IndexReport, indexReport, type NamedQuery } from './index-report.ts';
export { listForeignKeys } from './list-foreign-keys.ts';
export { runValidationSuite } from './run-validation-suite.ts';
export { storeOrphanAudit } from './store-orphan-audit.ts';
