import {
  type ApproverRow,
  AssignmentRule,
  type ConfigurationRows,
  type ImportFinding,
  type PolicyRow,
  type StageRow,
} from '@apms/validators';

/** Rows that can be stored, and what was left out of them. */
export interface SettledRows {
  readonly rows: ConfigurationRows;
  readonly findings: readonly ImportFinding[];
}

type Leave = (
  code: 'TABLE_ROW_INVALID' | 'TABLE_REFERENCE_MISSING',
  what: Omit<ImportFinding, 'code' | 'severity'>,
) => void;

/**
 * Leaves out what each row says by itself validly but no version can hold, so that a file never breaks off an import: a
 * stage that says whom to ask in a way that names nobody, a parent that is no other policy, a period that ends before
 * it starts.
 */
export function settleRows(rows: ConfigurationRows): SettledRows {
  const findings: ImportFinding[] = [];
  const leave: Leave = (code, what) => void findings.push({ severity: 'ERROR', code, ...what });
  const policyCodes = new Set(rows.policies.map(({ policyCode }) => policyCode));
  return {
    rows: {
      ...rows,
      policies: rows.policies.map((policy) => settlePolicy(policy, policyCodes, leave)),
      approvers: rows.approvers.map((row) => settlePeriod(row, leave)),
    },
    findings,
  };
}

function settlePolicy(policy: PolicyRow, policyCodes: ReadonlySet<string>, leave: Leave): PolicyRow {
  const stages = policy.stages.filter((stage) => {
    const reason = whyNobody(stage);
    if (reason === null) return true;
    const { policyCode } = policy;
    leave('TABLE_ROW_INVALID', {
      ...nowhere,
      sheet: 'Stages',
      value: `${policyCode}, ${stage.stageNumber}, ${stage.roleCode}`,
      reason,
    });
    return false;
  });
  const { parentPolicyCode, ...own } = policy;
  if (parentPolicyCode === undefined) return { ...policy, stages };
  if (parentPolicyCode !== policy.policyCode && policyCodes.has(parentPolicyCode))
    return { ...policy, stages };
  const reason = `There is no other policy ${parentPolicyCode}.`;
  leave('TABLE_REFERENCE_MISSING', { ...nowhere, sheet: 'Policies', value: parentPolicyCode, reason });
  return { ...own, stages };
}

/** Why a stage cannot find the person it asks; null when it can. */
function whyNobody({ assignmentMode, staticUserEmail, assignmentRule }: StageRow): string | null {
  if (assignmentMode === 'STATIC_USER' && staticUserEmail === null) return 'STATIC_USER names no person.';
  if (assignmentMode === 'RULE') {
    const rule = AssignmentRule.safeParse(assignmentRule);
    if (!rule.success) return `The rule is not valid: ${rule.error.issues[0]?.message ?? 'it is empty'}.`;
  }
  // PostgreSQL cannot hold it in JSON.
  return JSON.stringify(assignmentRule).includes(String.raw`\u0000`) ? 'The rule contains NUL.' : null;
}

/** The first day that PostgreSQL and ISO 8601 write alike. */
const FIRST_DAY = '0001-01-01';

function settlePeriod(row: ApproverRow, leave: Leave): ApproverRow {
  const { effectiveFrom = FIRST_DAY, effectiveTo = '9999-12-31' } = row;
  if (FIRST_DAY <= effectiveFrom && effectiveFrom <= effectiveTo) return row;
  const { effectiveFrom: _from, effectiveTo: _to, ...own } = row;
  leave('TABLE_ROW_INVALID', {
    ...nowhere,
    sheet: 'Approvers',
    value: `${row.clusterCode}, ${row.roleCode}, ${row.rank}`,
    reason: `The period from ${effectiveFrom} to ${effectiveTo} is none.`,
  });
  return own;
}

const nowhere = { sheet: null, row: null, column: null } as const;
