import { z } from 'zod';

/** A lock stronger than an ordinary write's, held until the end of its transaction. */
export const HeldLock = z.object({
  table: z.string(),
  mode: z.string(),
  blocks: z.enum(['reads and writes', 'writes', 'schema changes']),
});
export type HeldLock = z.infer<typeof HeldLock>;

/** A statement as the rehearsal ran it; INSERTs that follow each other are one. */
export const MeasuredStatement = z.object({
  migration: z.string(),
  /** Of its file; null where the file has no statement. */
  line: z.int().nullable(),
  column: z.int().nullable(),
  /** On one line, cut off where it is long. */
  statement: z.string(),
  durationMs: z.number(),
  /** The locks that no statement before it in its transaction had taken. */
  locks: z.array(HeldLock),
});
export type MeasuredStatement = z.infer<typeof MeasuredStatement>;

/** How long a transaction keeps others from a table: from the first such lock on it to the commit. */
export const TableForecast = z.object({
  table: z.string(),
  writesBlockedMs: z.number(),
  /** Zero where reads go on. */
  readsBlockedMs: z.number(),
  /** The statement that took the first such lock. */
  migration: z.string(),
  line: z.int().nullable(),
});
export type TableForecast = z.infer<typeof TableForecast>;

/** What is committed by itself, as the rehearsal ran it. */
export const LockPhase = z.object({
  /** `alone`: a statement that PostgreSQL runs only outside a transaction. */
  kind: z.enum(['transaction', 'alone']),
  statements: z.array(MeasuredStatement),
  /** From the last statement to the commit: the verification and the bookkeeping. */
  concludingMs: z.number(),
  forecast: z.array(TableForecast),
  /** Undone without the backup: by the server itself before its commit, by inverses after it. */
  reversible: z.boolean(),
});
export type LockPhase = z.infer<typeof LockPhase>;

/** A table that would be blocked for longer than the budget allows. */
export const LockExcess = TableForecast.extend({
  /** The longest of the statements that it would be blocked by. */
  longest: MeasuredStatement.omit({ locks: true }),
});
export type LockExcess = z.infer<typeof LockExcess>;

/** What the rehearsal measured of locks, and how the migrations are applied because of it. */
export const LockBudget = z.object({
  maxLockMs: z.int(),
  mode: z.enum(['one transaction', 'phased']),
  /** With everything in one transaction that can be. */
  together: z.array(LockPhase),
  /** In phases; null where that was not tried. */
  phased: z.array(LockPhase).nullable(),
  /** The tables for which neither way keeps to the budget: why the run is on HOLD. */
  excesses: z.array(LockExcess),
  /** Why phases do not help, as a sentence. */
  notPhased: z.string().nullable(),
});
export type LockBudget = z.infer<typeof LockBudget>;

/** What was committed by itself on the target. */
export const AppliedPhase = z.object({
  kind: z.enum(['transaction', 'alone']),
  migrations: z.array(z.string()),
  /** Of its first statement. */
  line: z.int().nullable(),
  /** When the attempt that went through began. */
  startedAt: z.iso.datetime(),
  /** From then to the commit. */
  durationMs: z.number(),
  /** So many more attempts ended before, because a lock was not to be had. */
  retries: z.int(),
  locks: z.array(HeldLock),
});
export type AppliedPhase = z.infer<typeof AppliedPhase>;
