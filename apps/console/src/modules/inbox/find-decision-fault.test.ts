import { expect, test } from 'vitest';
import { findDecisionFault } from './find-decision-fault.ts';

const major = { severity: 'MAJOR' } as const;
const critical = { severity: 'CRITICAL' } as const;

test.each([
  ['APPROVE', [], null],
  ['APPROVE_WITH_PUNCHLIST', [], 'itemNeeded'],
  ['APPROVE_WITH_PUNCHLIST', [major], null],
  ['APPROVE_WITH_PUNCHLIST', [major, critical], 'criticalRejects'],
  ['REJECT', [], 'criticalNeeded'],
  ['REJECT', [major], 'criticalNeeded'],
  ['REJECT', [major, critical], null],
] as const)('%s with %j: %s', (decision, items, fault) => {
  expect(findDecisionFault(decision, items)).toBe(fault);
});
