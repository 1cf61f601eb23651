/** A statement as a process sent it to the database. */
export interface SentStatement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Statements of one flight were sent without waiting for each other: they share a round trip. */
  readonly flight: number;
}
