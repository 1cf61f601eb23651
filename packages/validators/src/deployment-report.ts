import { z } from 'zod';
import { CheckResult } from './check-result.ts';
import { AppliedPhase, HeldLock, LockBudget } from './lock-budget.ts';

export const DeploymentOutcome = z.enum([
  'deployed',
  'nothing-to-do',
  'rolled-back',
  'no-go',
  'hold',
  'locked',
  'failed',
  'rollback-failed',
]);
export type DeploymentOutcome = z.infer<typeof DeploymentOutcome>;

export const Decision = z.enum(['GO', 'HOLD', 'NO-GO']);
export type Decision = z.infer<typeof Decision>;

/** Something that the plan found in the pending SQL, the migration history or the live schema. */
export const DeploymentFinding = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning', 'notice']),
  file: z.string().nullable(),
  line: z.int().nullable(),
  column: z.int().nullable(),
  statement: z.string().nullable(),
  why: z.string(),
  /** What a server said of it, which may quote rows. */
  detail: z.string().exactOptional(),
  rewrite: z.string(),
  /** Why somebody accepted it in the SQL itself; it no longer counts. */
  accepted: z.string().nullable(),
});
export type DeploymentFinding = z.infer<typeof DeploymentFinding>;

export const MigrationRun = z.object({
  /** When its first statement was sent; null in reports that did not record it. */
  startedAt: z.iso.datetime().nullable().default(null),
  durationMs: z.number(),
  locks: z.array(HeldLock),
});
export type MigrationRun = z.infer<typeof MigrationRun>;

/** A hook command that was run, and how it ended. */
export const HookRun = z.object({
  phase: z.enum(['before', 'smoke', 'after']),
  command: z.string(),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  /** Null when it could not be run, or was ended. */
  exitCode: z.int().nullable(),
  timedOut: z.boolean(),
});
export type HookRun = z.infer<typeof HookRun>;

/** What a deployment came to. Facts that an older version of the tool did not record have a default. */
export const DeploymentReport = z.object({
  format: z.literal(1),
  id: z.string(),
  command: z.enum(['deploy', 'rollback']).default('deploy'),
  target: z.string(),
  /** `user@host:port/database`; never a password. */
  database: z.string(),
  embedded: z.boolean(),
  serverVersion: z.string().nullable(),
  commit: z.string().nullable(),
  /** Whether the checkout had uncommitted changes. */
  dirty: z.boolean(),
  by: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  durationMs: z.number(),
  outcome: DeploymentOutcome,
  exitCode: z.int(),
  decision: Decision.nullable(),
  reasons: z.array(z.string()),
  acceptedHold: z.string().nullable(),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  warnings: z.array(z.string()),
  steps: z.array(
    z.object({
      name: z.string(),
      status: z.enum(['done', 'failed']),
      /** Whether what the step found speaks for going on; false is no error of the step. */
      passed: z.boolean().default(true),
      startedAt: z.iso.datetime(),
      durationMs: z.number(),
      summary: z.string(),
    }),
  ),
  migrations: z.array(
    z.object({
      name: z.string(),
      checksum: z.string(),
      rehearsed: MigrationRun.nullable(),
      applied: MigrationRun.nullable(),
    }),
  ),
  checks: z.array(CheckResult.safeExtend({ where: z.enum(['rehearsal', 'transaction', 'target']) })),
  findings: z.array(DeploymentFinding),
  orphans: z.array(
    z.object({ foreignKey: z.string(), table: z.string(), count: z.int(), sampleIds: z.array(z.string()) }),
  ),
  backup: z
    .object({
      id: z.string(),
      driver: z.string(),
      /** A directory, or an `s3://` address. */
      location: z.string(),
      sizeBytes: z.number(),
      databaseSizeBytes: z.number(),
      durationMs: z.number(),
      /** Restored and compared row by row, not only checksummed. */
      proven: z.boolean(),
    })
    .nullable(),
  rowCounts: z.array(
    z.object({
      table: z.string(),
      before: z.int().nullable(),
      after: z.int().nullable(),
      /** How many rows the migrations themselves added (negative: deleted); the rest is the application's doing. */
      byMigrations: z.int(),
    }),
  ),
  /** Ids of the migrations' transactions: rows that bear them are theirs, not the application's. */
  transactionIds: z.array(z.string()),
  /** The longest time for which one of the migrations' transactions held locks on the target that block reads or writes. */
  lockedMs: z.number().nullable(),
  /** The same in the rehearsal. */
  rehearsedLockedMs: z.number().nullable().default(null),
  /** For how long the target allows its tables to be blocked. */
  lockBudgetMs: z.number().nullable().default(null),
  hooks: z.array(HookRun).default([]),
  /** What the rehearsal measured of locks; null without one, or where it failed. */
  lockBudget: LockBudget.nullable().default(null),
  /** What was committed on the target, in its order. */
  phases: z.array(AppliedPhase).default([]),
  rollback: z
    .object({
      way: z.enum(['transaction', 'inverses', 'swap-back']),
      verified: z.boolean(),
      /** The failed database, which is kept. */
      quarantine: z.string().nullable(),
      lockedMs: z.number().nullable(),
      /**
       * What was written after the backup, which only the quarantined database has: rows inserted or updated, and rows
       * of the backup that were updated or deleted. Null when it could not be counted.
       */
      leftBehind: z
        .array(z.object({ table: z.string(), written: z.int(), updatedOrDeleted: z.int() }))
        .nullable(),
    })
    .nullable(),
  /** The run's own process ended without a word, during that step or between two; somebody's recovery ended the run. */
  recovered: z.object({ during: z.string().nullable(), by: z.string() }).nullable().default(null),
  /**
   * Texts for readers who may see the rows of one workspace only; the same ones elsewhere may quote rows of any. No
   * failure where nothing would be left of it; null in reports that did not record it.
   */
  withoutRows: z
    .object({ reasons: z.array(z.string()), failure: z.string().nullable() })
    .nullable()
    .default(null),
});
export type DeploymentReport = z.infer<typeof DeploymentReport>;
