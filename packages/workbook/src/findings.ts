import type { FindingSeverity, ImportFinding, ImportFindingCode } from '@apms/validators';
import { columnName } from './xlsx/sheet.ts';

/** Where a finding is; `column` is counted from 0. */
export interface Place {
  sheet?: string | undefined;
  row?: number | undefined;
  column?: number | undefined;
  value?: string | undefined;
}

const longestValue = 200;
const longestReason = 1_000;

/**
 * An error where routing would go to the wrong people or the file was not understood; a warning where
 * something was left out or decided that a person should know before activating.
 */
const severities: Readonly<Record<ImportFindingCode, FindingSeverity>> = {
  FILE_EMPTY: 'ERROR',
  FILE_NOT_WORKBOOK: 'ERROR',
  FILE_ENCRYPTED: 'ERROR',
  FILE_TRUNCATED: 'ERROR',
  FILE_UNREADABLE: 'ERROR',
  FILE_TOO_LARGE: 'ERROR',
  FILE_TIMED_OUT: 'ERROR',
  MATRIX_MISSING: 'ERROR',
  MATRIX_DUPLICATE: 'ERROR',
  ROSTER_MISSING: 'ERROR',
  SHEET_UNRECOGNISED: 'WARNING',
  SHEET_HIDDEN: 'WARNING',
  SHEET_SCOPE_UNKNOWN: 'ERROR',
  COLUMN_DUPLICATE: 'ERROR',
  COLUMN_UNRECOGNISED: 'WARNING',
  ROLE_UNKNOWN: 'WARNING',
  ROLE_LEVEL_CONFLICT: 'WARNING',
  SCOPE_MISSING: 'ERROR',
  SCOPE_WITHOUT_CHAIN: 'WARNING',
  MARK_UNREADABLE: 'ERROR',
  POLICY_CONFLICT: 'ERROR',
  SEAT_ROSTER_MISSING: 'ERROR',
  SEAT_WITHOUT_ROSTER: 'WARNING',
  SEAT_NOT_MARKED: 'WARNING',
  SEAT_EMPTY: 'WARNING',
  CLUSTER_MISSING: 'WARNING',
  CLUSTER_CONFLICT: 'WARNING',
  CLUSTER_SIMILAR: 'WARNING',
  SITE_COUNT_UNREADABLE: 'WARNING',
  M_SEQUENCE_UNREADABLE: 'WARNING',
  CELL_FORMULA_ERROR: 'WARNING',
  CELL_TOO_LONG: 'WARNING',
  PERSON_EMAIL_MISSING: 'WARNING',
  PERSON_EMAIL_AMBIGUOUS: 'ERROR',
  PERSON_LINK_CONFLICT: 'WARNING',
  PERSON_PHONE_UNREADABLE: 'WARNING',
  PERSON_REPEATED: 'WARNING',
  PERSON_CONFLICT: 'WARNING',
  TABLE_MISSING: 'ERROR',
  TABLE_ROW_INVALID: 'ERROR',
  TABLE_KEY_DUPLICATE: 'ERROR',
  TABLE_REFERENCE_MISSING: 'ERROR',
  FINDINGS_TRUNCATED: 'WARNING',
};

/** Collects what a reading finds, at most so many of each code, so that no file can fill the memory. */
export class Findings {
  readonly #perCode: number;
  readonly #found: ImportFinding[] = [];
  readonly #counts = new Map<ImportFindingCode, number>();

  constructor(perCode: number) {
    this.#perCode = perCode;
  }

  add(code: ImportFindingCode, place: Place, reason: string): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count > this.#perCode) return;
    this.#found.push({
      severity: severities[code],
      code,
      sheet: place.sheet ?? null,
      row: place.row ?? null,
      column: place.column === undefined ? null : columnName(place.column),
      value: place.value === undefined ? null : place.value.slice(0, longestValue).toWellFormed(),
      reason: reason.slice(0, longestReason).toWellFormed(),
    });
  }

  /** Everything found, in the order of finding. */
  list(): ImportFinding[] {
    const list = [...this.#found];
    for (const [code, count] of this.#counts) {
      const more = count - this.#perCode;
      if (more <= 0) continue;
      const reason = `${more} more findings of the code ${code} are not listed.`;
      const truncated = {
        severity: severities.FINDINGS_TRUNCATED,
        code: 'FINDINGS_TRUNCATED',
        reason,
      } as const;
      list.push({ ...truncated, sheet: null, row: null, column: null, value: null });
    }
    return list;
  }
}
