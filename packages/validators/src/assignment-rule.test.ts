import { expect, test } from 'vitest';
import { AssignmentRule } from './assignment-rule.ts';

test.each([
  { default: 'u' },
  { cases: [{ when: { region: 'NORTH' }, userId: 'u' }] },
  {
    cases: [{ when: { scopeCode: ['RAN', 'MW'], vendorCode: 'V', clusterCode: 'C' }, userId: 'u' }],
    default: null,
  },
])('%j is a rule', (rule) => {
  expect(AssignmentRule.parse(rule)).toEqual({ cases: [], default: null, ...rule });
});

test.each([
  null,
  {},
  { default: null },
  { cases: [] },
  { default: '' },
  { default: 'u', otherwise: 'v' },
  { cases: [{ when: {}, userId: 'u' }] },
  { cases: [{ when: { region: [] }, userId: 'u' }] },
  { cases: [{ when: { region: '' }, userId: 'u' }] },
  { cases: [{ when: { province: 'X' }, userId: 'u' }] },
  { cases: [{ when: { region: 'X' } }] },
  { cases: Array.from({ length: 501 }, () => ({ when: { region: 'X' }, userId: 'u' })) },
])('%j is none', (rule) => {
  expect(AssignmentRule.safeParse(rule).success).toBe(false);
});
