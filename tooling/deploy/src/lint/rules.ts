import type { Rule } from './rule.ts';
import { addingCheckWithoutNotValid } from './rules/adding-check-without-not-valid.ts';
import { addingForeignKeyWithoutNotValid } from './rules/adding-foreign-key-without-not-valid.ts';
import { addingNotNullColumnWithoutDefault } from './rules/adding-not-null-column-without-default.ts';
import { attachPartitionScans } from './rules/attach-partition-scans.ts';
import { backfillWithSchemaChange } from './rules/backfill-with-schema-change.ts';
import { blockingMaintenance } from './rules/blocking-maintenance.ts';
import { columnTypeChangeRewrites } from './rules/column-type-change-rewrites.ts';
import { concurrentIndexCorruption } from './rules/concurrent-index-corruption.ts';
import { concurrentIndexIfNotExists } from './rules/concurrent-index-if-not-exists.ts';
import { detachPartitionNotConcurrent } from './rules/detach-partition-not-concurrent.ts';
import { domainConstraint } from './rules/domain-constraint.ts';
import { dropCascade } from './rules/drop-cascade.ts';
import { dropColumn } from './rules/drop-column.ts';
import { dropDatabase } from './rules/drop-database.ts';
import { dropIndexNotConcurrent } from './rules/drop-index-not-concurrent.ts';
import { dropNotNull } from './rules/drop-not-null.ts';
import { dropObject } from './rules/drop-object.ts';
import { dropTable } from './rules/drop-table.ts';
import { duplicateColumn } from './rules/duplicate-column.ts';
import { identifierTooLong } from './rules/identifier-too-long.ts';
import { indexNotConcurrent } from './rules/index-not-concurrent.ts';
import { integerKey } from './rules/integer-key.ts';
import { jsonColumn } from './rules/json-column.ts';
import { lockTimeout } from './rules/lock-timeout.ts';
import { newerThanServer } from './rules/newer-than-server.ts';
import { opaqueCode } from './rules/opaque-code.ts';
import { preferBigint } from './rules/prefer-bigint.ts';
import { preferColumnCheck } from './rules/prefer-column-check.ts';
import { preferEnumPosition } from './rules/prefer-enum-position.ts';
import { preferIdentity } from './rules/prefer-identity.ts';
import { preferQualifiedName } from './rules/prefer-qualified-name.ts';
import { preferText } from './rules/prefer-text.ts';
import { preferTimestamptz } from './rules/prefer-timestamptz.ts';
import { refreshNotConcurrent } from './rules/refresh-not-concurrent.ts';
import { renameColumn } from './rules/rename-column.ts';
import { renameEnumValue } from './rules/rename-enum-value.ts';
import { renameSchema } from './rules/rename-schema.ts';
import { renameTable } from './rules/rename-table.ts';
import { rowLoss } from './rules/row-loss.ts';
import { sessionSetting } from './rules/session-setting.ts';
import { setNotNullWithoutValidatedCheck } from './rules/set-not-null-without-validated-check.ts';
import { splitsDeployment } from './rules/splits-deployment.ts';
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
  attachPartitionScans,
  backfillWithSchemaChange,
  blockingMaintenance,
  columnTypeChangeRewrites,
  concurrentIndexCorruption,
  concurrentIndexIfNotExists,
  detachPartitionNotConcurrent,
  domainConstraint,
  dropCascade,
  dropColumn,
  dropDatabase,
  dropIndexNotConcurrent,
  dropNotNull,
  dropObject,
  dropTable,
  duplicateColumn,
  identifierTooLong,
  indexNotConcurrent,
  integerKey,
  jsonColumn,
  lockTimeout,
  newerThanServer,
  opaqueCode,
  preferBigint,
  preferColumnCheck,
  preferEnumPosition,
  preferIdentity,
  preferQualifiedName,
  preferText,
  preferTimestamptz,
  refreshNotConcurrent,
  renameColumn,
  renameEnumValue,
  renameSchema,
  renameTable,
  rowLoss,
  sessionSetting,
  setNotNullWithoutValidatedCheck,
  splitsDeployment,
  transactionControl,
  truncate,
  uniqueConstraintWithoutIndex,
  unnamedConcurrentIndex,
  updateWithoutWhere,
  validateInSameTransaction,
  volatileDefault,
];
