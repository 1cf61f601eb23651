import { expect, test } from 'vitest';
import { nextOverrideStatus } from './override-transitions.ts';

test.each([
  ['PENDING', 'APPROVED', 'REJECTED', 'REVOKED'],
  ['APPROVED', null, null, 'REVOKED'],
  ['REJECTED', null, null, null],
  ['REVOKED', null, null, null],
] as const)('%s', (from, approve, reject, revoke) => {
  expect(nextOverrideStatus(from, 'approve')).toBe(approve);
  expect(nextOverrideStatus(from, 'reject')).toBe(reject);
  expect(nextOverrideStatus(from, 'revoke')).toBe(revoke);
});
