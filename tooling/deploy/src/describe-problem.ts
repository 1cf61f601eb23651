import type { CheckProblem } from '@apms/validators';

/** What a check found wrong, and what the server said of it. */
export function describeProblem({ message, detail }: CheckProblem): string {
  return detail === undefined ? message : `${message}: ${detail}`;
}
