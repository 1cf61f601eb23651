/** What one look at an environment found. */
export interface DoctorFinding {
  /** What was looked at, in a word or two. */
  check: string;
  /** Only a `problem` keeps a deployment from going well; a `warning` may surprise somebody. */
  status: 'ok' | 'warning' | 'problem';
  /** What is the case. */
  what: string;
  /** Why it matters; null when all is well. */
  why: string | null;
  /** The command or the act that mends it. */
  mend: string | null;
}

export function ok(check: string, what: string): DoctorFinding {
  return { check, status: 'ok', what, why: null, mend: null };
}

export function warning(check: string, what: string, why: string, mend: string): DoctorFinding {
  return { check, status: 'warning', what, why, mend };
}

export function problem(check: string, what: string, why: string, mend: string): DoctorFinding {
  return { check, status: 'problem', what, why, mend };
}
