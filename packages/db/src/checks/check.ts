import type { CheckCode, CheckProblem, OrphanAudit } from '@apms/validators';
import type { ClientBase } from 'pg';

/** Where the caller's runbooks and decision records lie, and which migrations they have to explain. */
export interface Documentation {
  /** Folder names of the pending migrations. */
  readonly migrations: readonly string[];
  /** Directory with `runbooks/` and `adr/`. */
  readonly docsDirectory: string;
}

export interface ValidationSuiteOptions {
  /**
   * `scan` (the default) audits every foreign key row by row; `trust-validated` scans only the keys that the
   * database does not prove itself, for use while locks are held; an audit that the caller has just made of every
   * key, over several connections, stands for the scan.
   */
  readonly orphans?: 'scan' | 'trust-validated' | OrphanAudit;
  /** Only these checks; all of them when absent. */
  readonly codes?: readonly CheckCode[];
  /** Without it N2 is skipped. */
  readonly documentation?: Documentation;
}

export interface CheckContext {
  /** Inside a transaction and a savepoint of this check alone. */
  readonly client: ClientBase;
  readonly options: ValidationSuiteOptions;
}

/** What a check measured and found wrong; `skipped` says why it could not look. */
export interface CheckOutcome {
  readonly figures: Record<string, number | string>;
  readonly problems: CheckProblem[];
  readonly skipped?: string;
}

/** One check of the validation suite. Whatever it writes is rolled back by the suite. */
export interface Check {
  readonly code: CheckCode;
  readonly title: string;
  /** Tables without which the check is skipped. */
  readonly needs?: readonly string[];
  run(context: CheckContext): Promise<CheckOutcome>;
}
