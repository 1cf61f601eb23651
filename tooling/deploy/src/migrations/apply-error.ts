import type { MeasuredStatement, MigrationRun } from '@apms/validators';
import type pg from 'pg';
import { messageOf } from '../postgres.ts';

/** A unit that was committed, or is about to be. */
export interface AppliedUnit {
  kind: 'transaction' | 'alone';
  statements: MeasuredStatement[];
  startedAt: Date;
  /** From its beginning to its commit. */
  durationMs: number;
  /** From its last statement to its commit. */
  concludingMs: number;
  retries: number;
}

/** What applying did; filled while it runs. */
export interface Applied {
  runs: Map<string, MigrationRun>;
  /** Rows that the migrations themselves deleted, by `schema.table`; exact whatever other sessions do meanwhile. */
  deletedRows: Map<string, number>;
  /** Rows that the migrations themselves inserted, likewise. */
  insertedRows: Map<string, number>;
  /** Transaction ids whose row versions are the migrations' own. */
  transactionIds: string[];
  /** The longest of the transactions that kept others from reading or writing, from its first statement to its commit. */
  lockedMs: number;
  units: AppliedUnit[];
}

/** Why applying stopped, and what is left of it on the database. */
export class ApplyError extends Error {
  override readonly name = 'ApplyError';
  /**
   * `unchanged`: rolled back, and what ran outside a transaction undone. `unknown`: a session was lost, an inverse did
   * not get through or a statement without inverse failed midway, so that only a look at the target tells. `changed`: a
   * part is committed for which there is no inverse.
   */
  readonly state: 'unchanged' | 'unknown' | 'changed';
  readonly way: 'transaction' | 'inverses';
  /** Undoes what ran outside a transaction, in another session; nothing to do when that was done already. */
  readonly undo: (client: pg.Client) => Promise<void>;
  /** What {@link undo} does, each inverse as SQL or in words; for somebody who has to do it by hand. */
  readonly inverses: readonly string[];
  /** What was done before it stopped, the transaction included whose commit nobody answered. */
  readonly applied: Applied;

  constructor(facts: Pick<ApplyError, 'state' | 'way' | 'undo' | 'inverses' | 'applied'>, cause: unknown) {
    super(messageOf(cause), { cause });
    this.state = facts.state;
    this.way = facts.way;
    this.undo = facts.undo;
    this.inverses = facts.inverses;
    this.applied = facts.applied;
  }
}
