import type { ConfigurationRows, PolicyRow, StageRow } from '@apms/validators';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settleRows } from './settle-rows.ts';

const stage: StageRow = {
  stageNumber: 1,
  sequenceOrder: 1,
  roleCode: 'RTS',
  parallelGroup: null,
  isRequired: true,
  slaHours: 48,
  assignmentMode: 'CLUSTER',
  staticUserEmail: null,
  assignmentRule: null,
};
const policy: PolicyRow = {
  policyCode: 'RAN',
  policyName: 'RAN',
  scopeCode: 'RAN',
  vendorCode: null,
  atpCategory: 'BOTH',
  fallbackPriority: 100,
  stages: [stage],
};
const approver = {
  scopeCode: 'RAN',
  clusterCode: 'CL-1',
  roleCode: 'RTS',
  rank: 1,
  email: 'a@opco.example',
  sourceSheet: null,
  sourceRow: null,
  sourceColumn: null,
};
const none: ConfigurationRows = {
  scopes: [],
  vendors: [],
  roles: [],
  policies: [],
  clusters: [],
  approvers: [],
  people: [],
};
const withStage = (change: Partial<StageRow>) => ({
  ...none,
  policies: [{ ...policy, stages: [{ ...stage, ...change }] }],
});

describe('stages', () => {
  test.each<Partial<StageRow>>([
    {},
    { assignmentMode: 'AUTO' },
    { assignmentMode: 'STATIC_USER', staticUserEmail: 'a@opco.example' },
    { assignmentMode: 'RULE', assignmentRule: { default: 'somebody' } },
  ])('are kept when they can find a person: %j', (change) => {
    const rows = withStage(change);
    expect(settleRows(rows)).toEqual({ rows, findings: [] });
  });

  test.each<[Partial<StageRow>, RegExp]>([
    [{ assignmentMode: 'STATIC_USER' }, /no person/],
    [{ assignmentMode: 'RULE' }, /not valid/],
    [{ assignmentMode: 'RULE', assignmentRule: {} }, /name somebody/],
    [{ assignmentRule: { text: '\u0000' } }, /NUL/],
  ])('are left out with an error when they cannot: %j', (change, reason) => {
    const { rows, findings } = settleRows(withStage(change));
    expect(rows.policies[0]?.stages).toEqual([]);
    expect(findings).toMatchObject([
      { severity: 'ERROR', code: 'TABLE_ROW_INVALID', sheet: 'Stages', value: 'RAN, 1, RTS' },
    ]);
    expect(findings[0]?.reason).toMatch(reason);
  });
});

test.each(['RAN', 'MW'])('a parent %s that is no other policy is left out', (parentPolicyCode) => {
  const { rows, findings } = settleRows({ ...none, policies: [{ ...policy, parentPolicyCode }] });
  expect(rows.policies).toEqual([policy]);
  expect(findings).toMatchObject([{ code: 'TABLE_REFERENCE_MISSING', value: parentPolicyCode }]);
});

test('a parent that is another policy stays', () => {
  const policies = [policy, { ...policy, policyCode: 'RAN-ZTE', parentPolicyCode: 'RAN' }];
  expect(settleRows({ ...none, policies }).rows.policies).toEqual(policies);
});

test('a period stays when it ends after it starts, and is left out otherwise', () => {
  const day = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  const iso = day.map((date) => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(iso, iso, (effectiveFrom, effectiveTo) => {
      const row = { ...approver, effectiveFrom, effectiveTo };
      const { rows, findings } = settleRows({ ...none, approvers: [row] });
      const isPeriod = new Date(effectiveFrom) <= new Date(effectiveTo);
      expect(rows.approvers).toEqual([isPeriod ? row : approver]);
      expect(findings).toHaveLength(isPeriod ? 0 : 1);
    }),
  );
});
