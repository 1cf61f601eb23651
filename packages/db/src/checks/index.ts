export { auditOrphans } from './audit-orphans.ts';
export type { Documentation, ValidationSuiteOptions } from './check.ts';
export { listForeignKeys } from './list-foreign-keys.ts';
export { runValidationSuite } from './run-validation-suite.ts';
export { storeOrphanAudit } from './store-orphan-audit.ts';
