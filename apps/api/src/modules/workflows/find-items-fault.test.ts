import type { PunchlistItemSeverity } from '@apms/validators';
import { expect, test } from 'vitest';
import { findItemsFault } from './find-items-fault.ts';

const items = (...severities: PunchlistItemSeverity[]) => severities.map((severity) => ({ severity }));

test.each([
  ['APPROVE', items()],
  ['APPROVE_WITH_PUNCHLIST', items('MAJOR')],
  ['APPROVE_WITH_PUNCHLIST', items('MINOR', 'MAJOR')],
  ['REJECT', items('CRITICAL')],
  ['REJECT', items('MINOR', 'CRITICAL')],
] as const)('%s fits %j', (decision, given) => {
  expect(findItemsFault(decision, given)).toBeNull();
});

test.each([
  ['APPROVE', items('MINOR'), 'raises no items'],
  ['APPROVE_WITH_PUNCHLIST', items(), 'at least one MAJOR or MINOR'],
  ['APPROVE_WITH_PUNCHLIST', items('MAJOR', 'CRITICAL'), 'CRITICAL'],
  ['REJECT', items(), 'at least one CRITICAL'],
  ['REJECT', items('MAJOR'), 'at least one CRITICAL'],
] as const)('%s does not fit %j', (decision, given, reason) => {
  expect(findItemsFault(decision, given)).toContain(reason);
});
