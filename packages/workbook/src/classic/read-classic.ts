import type { ConfigurationRows } from '@apms/validators';
import type { WorkspaceDefaults } from '../defaults.ts';
import type { Findings } from '../findings.ts';
import { PeopleRegister } from '../person/people-register.ts';
import type { SheetKind, SheetKinds } from '../sheet-kind.ts';
import type { OnRows } from '../xlsx/row-budget.ts';
import type { Sheet } from '../xlsx/sheet.ts';
import { buildClusters } from './build-clusters.ts';
import { buildPolicies, buildScopes, buildVendors } from './build-policies.ts';
import { buildRoles } from './build-roles.ts';
import { checkSeats } from './check-seats.ts';
import { checkSimilarClusters } from './check-similar-clusters.ts';
import { type Matrix, readMatrix } from './read-matrix.ts';
import { readRoster } from './read-roster.ts';
import { assignRosters, checkLevels } from './scope-rosters.ts';
import { findMatrix, findRosters } from './workbook-sheets.ts';

type RowPart = Partial<ConfigurationRows>;

const noMatrix: Matrix = { sheet: '', scopeColumn: 0, seats: [], lines: [] };

/** Understands a workbook as people write it: an approval matrix, and sheets of clusters with their people. */
export function readClassic(
  sheets: readonly Sheet[],
  defaults: WorkspaceDefaults,
  findings: Findings,
  onRows: OnRows,
): { parts: Iterable<RowPart>; kinds: SheetKinds } {
  const kinds = new Map<Sheet, { kind: SheetKind; rowCount: number }>();
  const matrixSheet = findMatrix(sheets, findings);
  const matrix = matrixSheet === undefined ? noMatrix : readMatrix(matrixSheet, findings);
  if (matrixSheet !== undefined)
    kinds.set(matrixSheet.sheet, { kind: 'MATRIX', rowCount: matrix.lines.length });
  const people = new PeopleRegister(findings);
  const rosters = findRosters(sheets, matrix.seats).map((headed) => {
    const roster = readRoster(headed, people, findings);
    checkSimilarClusters(roster, findings);
    kinds.set(headed.sheet, { kind: 'ROSTER', rowCount: roster.rowCount });
    // A large sheet's cells need not outlive what they say.
    headed.sheet.rows = [];
    onRows(roster.sheet, roster.rowCount, roster.rowCount);
    return roster;
  });
  if (rosters.length === 0) {
    findings.add(
      'ROSTER_MISSING',
      {},
      'No sheet has a header with a cluster and the seats that approve for it.',
    );
  }
  checkLevels(rosters, findings);
  const byScope = matrixSheet === undefined ? new Map() : assignRosters(rosters, matrix, findings);
  checkSeats(matrix, rosters, byScope, findings);
  const scopes = buildScopes(matrix, byScope, defaults);
  const policies = buildPolicies(matrix, rosters, byScope, defaults, findings);
  const few = {
    scopes,
    vendors: buildVendors(matrix),
    roles: buildRoles(matrix, rosters, policies),
    policies,
    people: people.list(),
  };
  return { parts: partsOf(few, buildClusters(scopes, byScope, findings)), kinds };
}

function* partsOf(few: RowPart, many: Iterable<RowPart>): Generator<RowPart> {
  yield few;
  yield* many;
}
