import type { PolicyRow, ScopeRow, StageRow, VendorRow } from '@apms/validators';
import { codeOf, wordsOf } from '../clean-text.ts';
import { categoryOf, type WorkspaceDefaults } from '../defaults.ts';
import type { Findings, Place } from '../findings.ts';
import { levelsOf, orderSeats } from './order-seats.ts';
import type { Matrix, MatrixLine } from './read-matrix.ts';
import type { Roster } from './read-roster.ts';
import { type ScopeRosters, saidLevels } from './scope-rosters.ts';

const usualPriority = 100;

/** The scopes of the matrix, in its order. */
export function buildScopes(matrix: Matrix, byScope: ScopeRosters, defaults: WorkspaceDefaults): ScopeRow[] {
  const scopes = new Map(matrix.lines.map((line) => [line.scopeCode, line.scopeName]));
  return [...scopes].map(([scopeCode, scopeName]) => {
    const category = categoryOf(scopeCode, defaults);
    return {
      scopeCode,
      scopeName,
      scopeGroup: groupOf(scopeName),
      atpCategory: category,
      atpType: category,
      requiresCluster: byScope.has(scopeCode),
    };
  });
}

/** The vendors of the matrix, each once. */
export function buildVendors(matrix: Matrix): VendorRow[] {
  const names = new Map<string, string>();
  for (const name of matrix.lines.flatMap((line) => line.vendors)) {
    if (!names.has(codeOf(name))) names.set(codeOf(name), name);
  }
  return [...names].map(([vendorCode, vendorName]) => ({ vendorCode, vendorName, vendorType: 'OTHER' }));
}

/** One policy for each scope and vendor of the matrix, or for any vendor where a row names none. */
export function buildPolicies(
  matrix: Matrix,
  rosters: readonly Roster[],
  byScope: ScopeRosters,
  defaults: WorkspaceDefaults,
  findings: Findings,
): PolicyRow[] {
  const policies = new Map<string, { policy: PolicyRow; row: number }>();
  const marked = new Set(matrix.lines.filter((line) => line.seats.length > 0).map((line) => line.scopeCode));
  for (const line of matrix.lines) {
    if (line.seats.length > 0) addPolicies(line);
    else if (!marked.has(line.scopeCode)) {
      const reason = `No seat is marked for ${line.scopeName}: nothing can be submitted for it.`;
      findings.add('SCOPE_WITHOUT_CHAIN', { ...placeOf(line), value: line.scopeName }, reason);
    }
  }
  return [...policies.values()].map(({ policy }) => policy);

  function placeOf(line: MatrixLine): Place {
    return { sheet: matrix.sheet, row: line.row, column: matrix.scopeColumn };
  }

  function addPolicies(line: MatrixLine): void {
    const stages = stagesOf(line);
    const vendors: (string | null)[] = line.vendors.length > 0 ? line.vendors : [null];
    for (const vendor of vendors) {
      const policy = policyOf(line, vendor, stages);
      const other = policies.get(policy.policyCode);
      if (other === undefined) policies.set(policy.policyCode, { policy, row: line.row });
      else if (chain(other.policy) !== chain(policy)) {
        const reason = `Row ${other.row} has another chain for ${policy.policyName}; row ${other.row} counts.`;
        findings.add('POLICY_CONFLICT', { ...placeOf(line), value: policy.policyName }, reason);
      }
    }
  }

  function policyOf(line: MatrixLine, vendor: string | null, stages: StageRow[]): PolicyRow {
    const vendorCode = vendor === null ? null : codeOf(vendor);
    return {
      policyCode: `${line.scopeCode}-${vendorCode ?? 'ANY'}`,
      policyName: `${line.scopeName}, ${vendor ?? 'any vendor'}`,
      scopeCode: line.scopeCode,
      vendorCode,
      atpCategory: categoryOf(line.scopeCode, defaults),
      fallbackPriority: usualPriority,
      stages,
    };
  }

  function stagesOf(line: MatrixLine): StageRow[] {
    const own = byScope.get(line.scopeCode) ?? [];
    const inRoster = new Set(own.flatMap((roster) => roster.seats.map((seat) => seat.roleCode)));
    const levels = levelsOf(matrix.seats, saidLevels(matrix, rosters, own));
    return orderSeats(line.seats, levels).map(({ roleCode }, index, seats) => ({
      stageNumber: index + 1,
      sequenceOrder: index + 1,
      roleCode,
      parallelGroup: null,
      isRequired: true,
      slaHours: index === seats.length - 1 ? defaults.finalStageSlaHours : defaults.stageSlaHours,
      assignmentMode: inRoster.has(roleCode) ? 'CLUSTER' : 'AUTO',
      staticUserEmail: null,
      assignmentRule: null,
    }));
  }
}

function chain(policy: PolicyRow): string {
  return policy.stages.map((stage) => stage.roleCode).join(' ');
}

function groupOf(scopeName: string): ScopeRow['scopeGroup'] {
  const words = wordsOf(scopeName);
  if (words.includes('mw') || words.includes('microwave')) return 'MICROWAVE';
  if (words.includes('ran')) return 'RAN';
  if (words.includes('cme')) return 'CME';
  return words.includes('pln') ? 'PLN' : 'OTHER';
}
