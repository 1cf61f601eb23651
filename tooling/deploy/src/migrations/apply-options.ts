import type { RunEvent } from '../journal.ts';
import type { Statement } from '../sql/parse.ts';
import type { Applied } from './apply-error.ts';
import type { Patience } from './retry-locks.ts';

export interface ApplyOptions extends Patience {
  /** Runs inside the last transaction, just before its commit; whatever it throws rolls back. */
  verify: (applied: Applied) => Promise<void>;
  /** Told of each statement as it becomes the one at work. */
  begins?: ((statement: Statement) => void) | undefined;
  /** Called before an act that a kill would leave half done, and after it. */
  journal: (entry: ApplyEntry) => void;
  /** Cancels what the session is at, from another one; without it no unit has a deadline. */
  cancel?: () => Promise<void>;
}

/** What applying writes into the journal. */
export type ApplyEntry = Extract<RunEvent, { type: 'intent' | 'completed' }>;
