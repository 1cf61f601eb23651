import {
  nextOverrideStatus,
  OverrideApprovalStatus,
  overrideTransitions,
  Permission,
} from '@apms/validators';
import { describe, expect, test } from 'vitest';
import { isParty, offersOfOverride } from './override-offers.ts';

const people = {
  requestedBy: { id: 'requester', name: 'Requester' },
  toUser: { id: 'beneficiary', name: 'Beneficiary' },
};
const all = { id: 'other', can: () => true };
const actions = ['approve', 'reject', 'revoke'] as const;

describe.each(OverrideApprovalStatus.options)('an override that is %s', (approvalStatus) => {
  const override = { ...people, approvalStatus };

  test('may be made what the API makes of it', () => {
    const allowed = actions.filter((action) => nextOverrideStatus(approvalStatus, action) !== null);
    expect(offersOfOverride(override, all)).toEqual(allowed);
  });

  test('is offered nothing that the permissions do not allow', () => {
    for (const permission of Permission.options) {
      const offers = offersOfOverride(override, { id: 'other', can: (asked) => asked === permission });
      for (const action of offers) expect(overrideTransitions[action].permission).toBe(permission);
    }
  });

  test('is judged by nobody who asked for it or gains by it', () => {
    for (const id of ['requester', 'beneficiary']) {
      expect(isParty(people, id)).toBe(true);
      expect(offersOfOverride(override, { ...all, id }).filter((action) => action !== 'revoke')).toEqual([]);
    }
  });
});

test('who asked for one may withdraw it, others only with the permission to approve', () => {
  const can = (permission: Permission) => permission === 'overrides.request';
  const override = { ...people, approvalStatus: 'APPROVED' } as const;
  expect(offersOfOverride(override, { id: 'requester', can })).toEqual(['revoke']);
  expect(offersOfOverride(override, { id: 'other', can })).toEqual([]);
});
