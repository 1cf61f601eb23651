/** One measured thing of a bench: ours beside what it is held against, and the goal for it. */
export interface Line {
  readonly measure: string;
  /** What the reference is. */
  readonly against: string;
  /** Of requests a second more are better, of everything else less. */
  readonly unit: 'ms' | 'bytes' | 'requests/s' | 'errors' | 'frames';
  readonly reference: number;
  readonly ours: number;
  /** Without one the line is only told. */
  readonly goal?: Goal;
}

/** At most so many times the reference, at least so many times, or at most so many units. */
export type Goal = { readonly ratio: number } | { readonly atLeast: number } | { readonly limit: number };

/** How many times the reference ours is. */
export function ratioOf({ reference, ours }: Line): number {
  return ours / reference;
}

/** Whether the line's goal is met; undefined where there is none. */
export function isMet(line: Line): boolean | undefined {
  const { goal, ours } = line;
  if (goal === undefined) return undefined;
  if ('limit' in goal) return ours <= goal.limit;
  return 'ratio' in goal ? ratioOf(line) <= goal.ratio : ratioOf(line) >= goal.atLeast;
}
