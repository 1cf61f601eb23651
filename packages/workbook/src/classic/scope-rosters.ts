import type { Findings } from '../findings.ts';
import { matchScopes } from './match-scopes.ts';
import type { Matrix } from './read-matrix.ts';
import type { Roster } from './read-roster.ts';

/** The sheets that serve each scope, by the scope's code. */
export type ScopeRosters = ReadonlyMap<string, readonly Roster[]>;

/** Finds the scopes that a sheet serves by its name, else by its title. */
export function assignRosters(rosters: readonly Roster[], matrix: Matrix, findings: Findings): ScopeRosters {
  const assigned = new Map<string, Roster[]>();
  for (const roster of rosters) {
    const byName = matchScopes(roster.sheet, matrix.lines);
    const lines = byName.length > 0 ? byName : matchScopes(roster.title, matrix.lines);
    if (lines.length === 0) {
      const reason =
        'Neither the name nor the title of the sheet names a scope of the approval matrix; it is left out.';
      findings.add('SHEET_SCOPE_UNKNOWN', { sheet: roster.sheet, value: roster.title }, reason);
    }
    for (const scopeCode of new Set(lines.map((line) => line.scopeCode))) {
      assigned.set(scopeCode, [...(assigned.get(scopeCode) ?? []), roster]);
    }
  }
  return assigned;
}

/** Levels that headers give to seats; the sheets of a scope are heard first. */
export function saidLevels(
  matrix: Matrix,
  rosters: readonly Roster[],
  first: readonly Roster[] = [],
): Map<string, number> {
  const said = new Map<string, number>();
  for (const seat of [...first, ...rosters].flatMap((roster) => roster.seats).concat(matrix.seats)) {
    if (seat.level !== null && !said.has(seat.roleCode)) said.set(seat.roleCode, seat.level);
  }
  return said;
}

/** Reports seats that stand at different levels in different sheets. */
export function checkLevels(rosters: readonly Roster[], findings: Findings): void {
  const first = new Map<string, { sheet: string; level: number }>();
  for (const { sheet, seats, headerRow } of rosters) {
    for (const { roleCode, roleName, level, column } of seats) {
      if (level === null) continue;
      const known = first.get(roleCode) ?? { sheet, level };
      first.set(roleCode, known);
      if (known.level === level) continue;
      const reason = `${roleName} is at level ${level} here and at level ${known.level} in ${known.sheet}; each scope keeps the order of its own sheet.`;
      findings.add('ROLE_LEVEL_CONFLICT', { sheet, row: headerRow, column, value: `L${level}` }, reason);
    }
  }
}
