import type { Rule } from './rule.ts';
import { addingCheckWithoutNotValid } from './rules/adding-check-without-not-valid.ts';
import { addingForeignKeyWithoutNotValid } from './rules/adding-foreign-key-without-not-valid.ts';
import { addingNotNullColumnWithoutDefault } from './rules/adding-not-null-column-without-default.ts';
import { blockingMaintenance } from './rules/blocking-maintenance.ts';
import { columnTypeChangeRewrites } from './rules/column-type-change-rewrites.ts';
import { dropCascade } from './rules/drop-cascade.ts';
import { dropColumn } from './rules/drop-column.ts';
import { dropTable } from './rules/drop-table.ts';
import { indexNotConcurrent } from './rules/index-not-concurrent.ts';
import { opaqueCode } from './rules/opaque-code.ts';
import { renameColumn } from './rules/rename-column.ts';
import { renameTable } from './rules/rename-table.ts';
import { rowLoss } from './rules/row-loss.ts';
import { sessionSetting } from './rules/session-setting.ts';
import { setNotNullWithoutValidatedCheck } from './rules/set-not-null-without-validated-check.ts';
import { transactionControl } from './rules/transaction-control.ts';
import { truncate } from './rules/truncate.ts';
import { uniqueConstraintWithoutIndex } from './rules/unique-constraint-without-index.ts';
import { unnamedConcurrentIndex } from './rules/unnamed-concurrent-index.ts';
import { updateWithoutWhere } from './rules/update-without-where.ts';
import { validateInSameTransaction } from './rules/validate-in-same-transaction.ts';
import { volatileDefault } from './rules/volatile-default.ts';

/** Every rule of the lint. What each is for: docs/lint.md. */
export const RULES: readonly Rule[] = [
  addingCheckWithoutNotValid,
  addingForeignKeyWithoutNotValid,
  addingNotNullColumnWithoutDefault,
  blockingMaintenance,
  columnTypeChangeRewrites,
  dropCascade,
  dropColumn,
  dropTable,
  indexNotConcurrent,
  opaqueCode,
  renameColumn,
  renameTable,
  rowLoss,
  sessionSetting,
  setNotNullWithoutValidatedCheck,
  transactionControl,
  truncate,
  uniqueConstraintWithoutIndex,
  unnamedConcurrentIndex,
  updateWithoutWhere,
  validateInSameTransaction,
  volatileDefault,
];
