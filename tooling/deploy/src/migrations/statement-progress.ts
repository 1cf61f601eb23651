import type { Blocker } from '../failure.ts';
import type { OnProgress } from '../progress.ts';
import type { ExecutionUnit } from '../sql/arrange.ts';
import type { Statement } from '../sql/parse.ts';
import { waitsFor } from './waits-for.ts';

/** Follows migrations through their statements. */
export interface StatementProgress {
  begins(statement: Statement): void;
  /** Who is in the way of the statement at work; nobody any more. */
  blockedBy(blockers: readonly Blocker[]): void;
  over(): void;
}

const LONGEST = 200;

export function statementProgress(
  units: readonly ExecutionUnit[],
  onProgress: OnProgress,
): StatementProgress {
  const parts = units.flatMap((unit) => (unit.kind === 'alone' ? [unit] : unit.parts));
  const place = new Map(parts.flatMap(({ statements }) => statements).map((each, index) => [each, index]));
  const total = place.size;
  let present: Statement | undefined;
  const tell = (done: number, detail: string | null) =>
    onProgress({ label: 'applying', detail, unit: 'statements', done, total });
  const tellPresent = (prefix = '') => {
    if (present === undefined) return;
    tell(place.get(present) ?? 0, prefix + present.text.slice(0, LONGEST));
  };
  return {
    begins(statement) {
      present = statement;
      tellPresent();
    },
    blockedBy(blockers) {
      const waiting = waitsFor(blockers);
      tellPresent(waiting === null ? '' : `${waiting}: `);
    },
    over: () => tell(total, null),
  };
}
