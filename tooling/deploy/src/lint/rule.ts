import type { RangeVar } from 'libpg-query';
import type { Statement } from '../sql/parse.ts';
import type { Split } from './find-splits.ts';
import type { LintFinding } from './lint-finding.ts';
import type { PendingSchema } from './pending-schema.ts';
import type { TableState } from './table-state.ts';

export type Severity = LintFinding['severity'];

/** What a rule found in a statement. */
export interface Problem {
  severity: Severity;
  /** What goes wrong, and on what, in one or two sentences. */
  why: string;
  /** What to write instead. */
  rewrite: string;
  /** The byte of the file at which it stands, where that is not the statement's first. */
  at?: number | undefined;
}

/** What a rule may ask besides the statement itself. */
export interface RuleContext {
  /** The target as the statements before this one leave it. */
  schema: PendingSchema;
  /** Undefined where what is right for every supported version is wanted. */
  serverVersion: number | undefined;
  serverMinor: number | undefined;
  thresholdRows: number;
  /** The statements of the file that split the deployment, by their place in it. */
  splits: ReadonlyMap<number, Split>;
  /** The own names of what this deployment makes, before or after the statement. */
  made: ReadonlySet<string>;
}

/** One thing that the lint looks for. */
export interface Rule {
  /** What `-- deploy:allow` names. */
  name: string;
  /** Whether `-- deploy:allow` may accept it; false where going on cannot work. */
  acceptable: boolean;
  /** A matter of taste: only asked where the configuration wants it. */
  isPreference?: true;
  check(statement: Statement, context: RuleContext): Problem[];
}

const BYTES_PER_MEBIBYTE = 2 ** 20;

/** A relation's name for people. */
export function nameOf({ schemaname, relname = '' }: RangeVar): string {
  return schemaname === undefined ? relname : `${schemaname}.${relname}`;
}

/** How bad it is to block or rewrite a table, by its size; undefined where nobody would notice. */
export function severityOfBlocking({ origin, rows }: TableState, context: RuleContext): Severity | undefined {
  if (origin === 'new' || origin === 'absent' || rows === 0) return undefined;
  return rows === undefined || rows >= context.thresholdRows ? 'error' : 'warning';
}

/** How bad it is to take something from a table that the running application may use. */
export function severityOfRemoval({ origin, rows }: TableState): Severity | undefined {
  if (origin === 'new' || origin === 'absent') return undefined;
  return rows === 0 ? 'warning' : 'error';
}

/** Whether a table is there already and has rows, or may have some. */
export function isInUse({ origin, rows }: TableState): boolean {
  return origin !== 'new' && origin !== 'absent' && rows !== 0;
}

/** A table's size in words. */
export function sizeOf({ rows, sizeBytes }: TableState): string {
  if (rows === undefined) return 'of unknown size';
  const count = `${rows.toLocaleString('en-US')} rows`;
  if (sizeBytes === 0) return count;
  return `${count}, ${Math.ceil(sizeBytes / BYTES_PER_MEBIBYTE).toLocaleString('en-US')} MiB`;
}
