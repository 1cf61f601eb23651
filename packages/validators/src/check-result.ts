import { z } from 'zod';

/** The checks of the validation suite: C blocks a deployment, I may hold it, N only informs. */
export const CheckCode = z.enum(['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'I1', 'I2', 'I3', 'N1', 'N2']);
export type CheckCode = z.infer<typeof CheckCode>;

/** So many failed I checks may be a matter for one person's reason; more are a NO-GO like any failed C check. */
export const mostHeldChecks = 2;

/** `skipped` means that the database lacks what the check needs; it proves nothing. */
export const CheckStatus = z.enum(['passed', 'failed', 'skipped']);
export type CheckStatus = z.infer<typeof CheckStatus>;

/**
 * One thing found wrong: the message names it, `count` and `sampleIds` (at most a handful) size it. Only `sampleIds` and
 * `detail` may hold what rows hold.
 */
export const CheckProblem = z.object({
  message: z.string().min(1),
  /** What the server said. */
  detail: z.string().exactOptional(),
  table: z.string().exactOptional(),
  count: z.int().nonnegative().exactOptional(),
  sampleIds: z.array(z.string()).exactOptional(),
});
export type CheckProblem = z.infer<typeof CheckProblem>;

/** What one check of the validation suite found; every figure was measured on the database at hand. */
export const CheckResult = z
  .object({
    code: CheckCode,
    title: z.string().min(1),
    status: CheckStatus,
    durationMs: z.number().nonnegative(),
    figures: z.record(z.string(), z.union([z.number(), z.string()])),
    problems: z.array(CheckProblem),
  })
  .refine((result) => (result.status === 'passed') === (result.problems.length === 0), {
    error: 'a check passes exactly when it has no problems',
    path: ['problems'],
  });
export type CheckResult = z.infer<typeof CheckResult>;
