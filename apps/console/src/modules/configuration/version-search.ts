import { searchParams } from '../../api/search-params.ts';
import { valuesOf } from '../../messages/values-of.ts';
import { findingCodes } from './finding-codes.ts';
import type { FindingFilters } from './findings-query.ts';
import type { RowFilters } from './rows-query.ts';

/** Which part of a version is looked at; without a `tab` its findings. */
export interface VersionSearch extends FindingFilters, RowFilters {
  readonly tab?: 'rows' | undefined;
}

/** Reads it of the address. */
export function readVersionSearch(search: Record<string, unknown>): VersionSearch {
  return {
    tab: searchParams.oneOf(search['tab'], ['rows'] as const),
    severity: searchParams.oneOf(search['severity'], valuesOf('FindingSeverity')),
    sheet: searchParams.text(search['sheet']),
    code: searchParams.oneOf(search['code'], findingCodes),
    kind: searchParams.oneOf(search['kind'], valuesOf('ConfigRowKind')),
    search: searchParams.text(search['search']),
    sourceSheet: searchParams.text(search['sourceSheet']),
    sourceRow: readRowNumber(search['sourceRow']),
  };
}

function readRowNumber(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 && number < 2 ** 31 ? number : undefined;
}

/** What of it narrows the findings down. */
export function findingFiltersOf({ severity, sheet, code }: VersionSearch): FindingFilters {
  return { severity, sheet, code };
}

/** What of it narrows the rows down. */
export function rowFiltersOf({ kind, search, sourceSheet, sourceRow }: VersionSearch): RowFilters {
  return { kind, search, sourceSheet, sourceRow };
}
