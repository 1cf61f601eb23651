/** What {@link seedDatabase} is asked for. */
export interface SeedOptions {
  /** Tenants among which everything is spread evenly; 4 when absent. */
  readonly workspaces?: number;
  /**
   * Running and finished workflows in all workspaces together; 100,000 when absent. A database has about 17 MB per
   * 1,000 of them, indexes included, and 7 MB per workspace: with 4 workspaces 4,000 make 100 MB and 56,000 make 1 GB.
   */
  readonly workflows?: number;
  /** The same number (with the same `until` and sizes) gives the same rows; 1 when absent. */
  readonly seed?: number;
  /**
   * Bytes of text added to each stage action, to make the database larger without more rows; 0 when absent. There are
   * 7.7 actions per workflow.
   */
  readonly paddingBytes?: number;
  /** The moment up to which there is history; the start of the current day (UTC) when absent. */
  readonly until?: Date;
  /** Called after each table, for people who wait. */
  readonly onProgress?: (progress: SeedProgress) => void;
}

/** A table that has just been filled. */
export interface SeedProgress {
  readonly table: string;
  readonly rows: number;
  readonly durationMs: number;
}

/** The numbers that every statement of the seed is written from. */
export interface SeedPlan {
  readonly workspaces: number;
  readonly workflows: number;
  /** Submissions that no workflow has started for yet. */
  readonly waitingSubmissions: number;
  readonly seed: number;
  readonly paddingBytes: number;
  /** A SQL literal. */
  readonly until: string;
}

/** One statement of the seed and the table that it fills. */
export interface SeedStatement {
  readonly table: string;
  readonly sql: string;
}

/**
 * Completes the options.
 * @throws {RangeError} when a number is not a whole one in its range
 */
export function planSeed(options: SeedOptions): SeedPlan {
  const workflows = whole('workflows', options.workflows ?? 100_000, 1, 10_000_000);
  const today = new Date();
  today.setUTCHours(0, 0, 0, 0);
  return {
    workspaces: whole('workspaces', options.workspaces ?? 4, 1, 1_000),
    workflows,
    waitingSubmissions: Math.ceil(workflows * 0.03),
    seed: whole('seed', options.seed ?? 1, 0, 1_000_000_000),
    paddingBytes: whole('paddingBytes', options.paddingBytes ?? 0, 0, 1_000_000),
    until: `timestamptz '${(options.until ?? today).toISOString()}'`,
  };
}

function whole(name: string, value: number, minimum: number, maximum: number): number {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  throw new RangeError(`${name} must be a whole number from ${minimum} to ${maximum}, not ${value}`);
}
