import type { Findings } from '../findings.ts';
import type { Matrix, MatrixLine } from './read-matrix.ts';
import type { Roster } from './read-roster.ts';
import type { ScopeRosters } from './scope-rosters.ts';

/** Reports where the marks of the matrix and the columns of the rosters do not fit together. */
export function checkSeats(
  matrix: Matrix,
  rosters: readonly Roster[],
  byScope: ScopeRosters,
  findings: Findings,
): void {
  const marked = new Map<string, Map<string, MatrixLine>>();
  for (const line of matrix.lines) {
    const seats = marked.get(line.scopeCode) ?? new Map<string, MatrixLine>();
    for (const seat of line.seats) if (!seats.has(seat.roleCode)) seats.set(seat.roleCode, line);
    marked.set(line.scopeCode, seats);
  }
  for (const [scopeCode, seats] of marked) {
    for (const [roleCode, line] of seats) checkMarkedSeat(scopeCode, roleCode, line);
  }
  for (const roster of rosters) checkRoster(roster);

  function checkMarkedSeat(scopeCode: string, roleCode: string, line: MatrixLine): void {
    const seat = line.seats.find((one) => one.roleCode === roleCode);
    const own = byScope.get(scopeCode) ?? [];
    if (seat === undefined || own.some((roster) => hasSeat(roster, roleCode))) return;
    const place = { sheet: matrix.sheet, row: line.row, column: seat.column };
    const other = rosters.find((roster) => hasSeat(roster, roleCode));
    if (other === undefined) {
      const reason = `No sheet says who is ${seat.roleName}; for ${line.scopeName} the least busy holder of the seat is asked.`;
      findings.add('SEAT_WITHOUT_ROSTER', place, reason);
    } else {
      const reason = `${line.scopeName} has no sheet that says who is ${seat.roleName}, as ${other.sheet} does for its scopes.`;
      findings.add('SEAT_ROSTER_MISSING', place, reason);
    }
  }

  function checkRoster(roster: Roster): void {
    const scopes = [...byScope].filter(([, own]) => own.includes(roster)).map(([scopeCode]) => scopeCode);
    for (const seat of roster.seats) {
      const place = { sheet: roster.sheet, row: roster.headerRow, column: seat.column };
      const marking = scopes.filter((scopeCode) => marked.get(scopeCode)?.has(seat.roleCode));
      for (const scopeCode of scopes) {
        if (marking.includes(scopeCode)) continue;
        const reason = `${matrix.sheet} does not mark ${seat.roleName} for ${scopeCode}; its people are kept and never asked.`;
        findings.add('SEAT_NOT_MARKED', place, reason);
      }
      if (marking.length > 0) checkFilled(roster, seat.roleCode, seat.roleName);
    }
  }

  function checkFilled(roster: Roster, roleCode: string, roleName: string): void {
    for (const cluster of roster.clusters) {
      const seat = cluster.seats.find((one) => one.roleCode === roleCode);
      if (seat === undefined || seat.people.length > 0) continue;
      const reason = `${cluster.clusterCode} has nobody as ${roleName}; its workflows cannot start without an override.`;
      findings.add('SEAT_EMPTY', { sheet: roster.sheet, row: seat.row, column: seat.column }, reason);
    }
  }
}

function hasSeat(roster: Roster, roleCode: string): boolean {
  return roster.seats.some((seat) => seat.roleCode === roleCode);
}
