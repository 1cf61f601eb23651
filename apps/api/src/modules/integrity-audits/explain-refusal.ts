import type { RemediationRefusal } from '@apms/validators';
import { readViolation } from '../../database-violation.ts';
import { AppError } from '../../errors.ts';

/** The database's own words for what it keeps as it is. */
const refusals: Readonly<Record<string, RemediationRefusal>> = {
  ZP001: 'FROZEN_VERSION',
  ZP002: 'FROZEN_VERSION',
  ZP003: 'FROZEN_VERSION',
  ZP004: 'FROZEN_WORKFLOW',
  ZP005: 'HISTORY',
  '42501': 'NOT_GRANTED',
};

/** What the work gives; where the database keeps the rows as they are, it is said why. @throws {AppError} REMEDIATION_REFUSED */
export async function explainRefusal<T>(
  { constraintName, table }: { readonly constraintName: string; readonly table: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const violation = readViolation(cause);
    const reason = violation === null ? undefined : refusals[violation.sqlState];
    if (reason === undefined) throw cause;
    throw new AppError(
      { code: 'REMEDIATION_REFUSED', constraintName, table: violation?.table ?? table, reason },
      { cause },
    );
  }
}
