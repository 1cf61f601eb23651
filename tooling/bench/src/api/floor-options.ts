import type { StatementPlan } from './statement-plan.ts';

/** A procedure of the API as the floor answers it. */
export interface FloorProcedure {
  /** Without the statements that set workspace and role; of what only reads, the statement alone. */
  readonly strict: StatementPlan;
  /** Everything that the API sends. */
  readonly scoped: StatementPlan;
  /** The rows as a page, the first row, or what the API answered once. */
  readonly gives: 'items' | 'row' | 'answer';
  readonly answer: unknown;
}

/** What the process of the floor is told. */
export interface FloorOptions {
  readonly connectionString: string;
  readonly connections: number;
  /** What makes a connection belong to one workspace, as libpq's `options`. */
  readonly scope: string;
  readonly procedures: Readonly<Record<string, FloorProcedure>>;
}

/** Whether a message is for a floor. */
export function isFloorOptions(message: unknown): message is FloorOptions {
  return typeof message === 'object' && message !== null && 'procedures' in message && 'scope' in message;
}
