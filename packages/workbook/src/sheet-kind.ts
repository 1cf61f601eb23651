import type { Sheet } from './xlsx/sheet.ts';

/** What a sheet turned out to be. */
export type SheetKind = 'MATRIX' | 'ROSTER' | 'TABLE' | 'HIDDEN' | 'EMPTY' | 'OTHER';

/** The sheets that were read, and how many rows below the header each has. */
export type SheetKinds = ReadonlyMap<Sheet, { kind: SheetKind; rowCount: number }>;
