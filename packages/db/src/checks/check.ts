import type { CheckCode, OrphanAudit } from '@apms/validators';

/** Where the caller's runbooks and decision records lie, and which migrations they have to explain. */
export interface Documentation {
  /** Folder names of the pending migrations. */
  readonly migrations: readonly string[];
  /** Directory with `runbooks/` and `adr/`. */
  readonly docsDirectory: string;
}

/** Told of each key before its rows are looked at, with how many have been and how many there are; null after the last. */
export type OnKey = (name: string | null, done: number, total: number) => void;

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
  readonly onKey?: OnKey;
}

/** How far a check looks: at every row, or at the latest while locks are held. */
export type Extent = 'all' | 'latest';

/**
 * One check of the validation suite, as SQL, so that it is the same for `pg` and for `psql`: statements of which the
 * last returns one row, `figures` (an object) and `problems` (an array of `CheckProblem`), both jsonb. The names of
 * the probes in it stand for ids that the runner makes up. Whatever it writes or sets is rolled back.
 */
export interface Check {
  readonly code: CheckCode;
  readonly title: string;
  /** Tables without which the check is skipped. */
  readonly needs: readonly string[];
  /** After which the server ends it. */
  readonly timeoutMs?: number;
  readonly sql: (extent: Extent) => string;
}
