import { expect, test } from 'vitest';
import { evaluateAssignmentRule } from './evaluate-assignment-rule.ts';

const rule = {
  cases: [
    { when: { scopeCode: 'RAN', vendorCode: ['V-1', 'V-2'] }, userId: 'ran' },
    { when: { region: 'NORTH' }, userId: 'north' },
    { when: { clusterCode: 'CL-1' }, userId: 'cluster' },
  ],
  default: 'default',
};
const place = { scopeCode: 'MW', vendorCode: null, region: null, clusterCode: null };

test.each([
  ['all conditions of a case hold', { scopeCode: 'RAN', vendorCode: 'V-2', region: 'NORTH' }, 'ran'],
  ['one of them does not', { scopeCode: 'RAN', vendorCode: 'V-3' }, 'default'],
  ['the first case that holds wins', { region: 'NORTH', clusterCode: 'CL-1' }, 'north'],
  ['a later case', { clusterCode: 'CL-1' }, 'cluster'],
  ['no case', {}, 'default'],
])('%s', (_, facts, user) => {
  expect(evaluateAssignmentRule(rule, { ...place, ...facts })).toBe(user);
});

test.each([[{ cases: rule.cases }], [{}], [null], ['ran'], [{ cases: [{ when: {}, userId: 'anybody' }] }]])(
  'names nobody: %j',
  (unreadable) => {
    expect(evaluateAssignmentRule(unreadable, place)).toBeNull();
  },
);
