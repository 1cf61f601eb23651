import type { Line } from './line.ts';

/** Lines that were measured on the same database. */
export interface Section {
  readonly title: string;
  readonly lines: Line[];
  /** Where the time of the whole went: milliseconds by part, of the reference and of ours. */
  readonly parts:
    | { readonly bare: Readonly<Record<string, number>>; readonly ours: Readonly<Record<string, number>> }
    | undefined;
}
