import { z } from 'zod';

/** Errors block activation; warnings have to be acknowledged. */
export const FindingSeverity = z.enum(['ERROR', 'WARNING']);
export type FindingSeverity = z.infer<typeof FindingSeverity>;

/** What an import can find in a workbook; each code is explained with an example in `docs/workbook.md`. */
export const ImportFindingCode = z.enum([
  'FILE_EMPTY',
  'FILE_NOT_WORKBOOK',
  'FILE_ENCRYPTED',
  'FILE_TRUNCATED',
  'FILE_UNREADABLE',
  'FILE_TOO_LARGE',
  'FILE_TIMED_OUT',
  'MATRIX_MISSING',
  'MATRIX_DUPLICATE',
  'ROSTER_MISSING',
  'SHEET_UNRECOGNISED',
  'SHEET_HIDDEN',
  'SHEET_SCOPE_UNKNOWN',
  'COLUMN_DUPLICATE',
  'COLUMN_UNRECOGNISED',
  'ROLE_UNKNOWN',
  'ROLE_LEVEL_CONFLICT',
  'SCOPE_MISSING',
  'SCOPE_WITHOUT_CHAIN',
  'MARK_UNREADABLE',
  'POLICY_CONFLICT',
  'SEAT_ROSTER_MISSING',
  'SEAT_WITHOUT_ROSTER',
  'SEAT_NOT_MARKED',
  'SEAT_EMPTY',
  'CLUSTER_MISSING',
  'CLUSTER_CONFLICT',
  'CLUSTER_SIMILAR',
  'SITE_COUNT_UNREADABLE',
  'M_SEQUENCE_UNREADABLE',
  'CELL_FORMULA_ERROR',
  'CELL_TOO_LONG',
  'PERSON_EMAIL_MISSING',
  'PERSON_EMAIL_AMBIGUOUS',
  'PERSON_LINK_CONFLICT',
  'PERSON_PHONE_UNREADABLE',
  'PERSON_REPEATED',
  'PERSON_CONFLICT',
  'TABLE_MISSING',
  'TABLE_ROW_INVALID',
  'TABLE_KEY_DUPLICATE',
  'TABLE_REFERENCE_MISSING',
  'FINDINGS_TRUNCATED',
]);
export type ImportFindingCode = z.infer<typeof ImportFindingCode>;

/** One thing that an import found, with the place to look at; nulls where it is about no such place. */
export const ImportFinding = z.object({
  severity: FindingSeverity,
  code: ImportFindingCode,
  sheet: z.string().nullable(),
  row: z.int().positive().nullable(),
  /** Letters of the column, as a spreadsheet shows them. */
  column: z.string().nullable(),
  /** What the cell says, cut to 200 characters. */
  value: z.string().nullable(),
  reason: z.string().min(1),
});
export type ImportFinding = z.infer<typeof ImportFinding>;
