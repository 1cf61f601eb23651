import { UserStatus } from '@apms/validators';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RosterCandidate, resolveApprover, type Seat } from './resolve-approver.ts';

const seat = (given: Partial<Seat> & Pick<Seat, 'assignmentMode'>) =>
  resolveApprover({ roster: [], staticUser: null, ruleUser: null, holders: [], ...given });

const person = (userId: string, status: UserStatus = 'ACTIVE') => ({ userId, status });

describe('CLUSTER', () => {
  test.each([
    ['the primary', ['ACTIVE', 'ACTIVE'], 'rank1', 'PRIMARY'],
    ['the first backup who is active', ['SUSPENDED', 'INACTIVE', 'ACTIVE', 'ACTIVE'], 'rank3', 'BACKUP'],
    ['a backup while the primary never signed in', ['PENDING', 'ACTIVE'], 'rank2', 'BACKUP'],
    ['the primary when nobody ever signed in', ['PENDING', 'PENDING'], 'rank1', 'PRIMARY'],
    ['a backup who never signed in, before nobody', ['SUSPENDED', 'PENDING'], 'rank2', 'BACKUP'],
  ] as const)('%s', (_, statuses, userId, source) => {
    const roster = statuses.map((status, index) => ({
      ...person(`rank${index + 1}`, status),
      rank: index + 1,
    }));
    expect(seat({ assignmentMode: 'CLUSTER', roster })).toEqual({ userId, source });
    expect(seat({ assignmentMode: 'CLUSTER', roster: roster.toReversed() })).toEqual({ userId, source });
  });

  test('nobody: an empty roster, or one of whom nobody could decide', () => {
    expect(seat({ assignmentMode: 'CLUSTER' })).toBeNull();
    const roster = [{ ...person('a', 'SUSPENDED'), rank: 1 }];
    expect(seat({ assignmentMode: 'CLUSTER', roster })).toBeNull();
  });

  test('never somebody suspended or inactive, and nobody active is passed over for somebody who is not', () => {
    const roster = fc
      .array(fc.constantFrom(...UserStatus.options))
      .map((statuses) =>
        statuses.map((status, index): RosterCandidate => ({ userId: `${index}`, status, rank: index + 1 })),
      );
    fc.assert(
      fc.property(roster, (candidates) => {
        const chosen = seat({ assignmentMode: 'CLUSTER', roster: candidates });
        const status = candidates.find(({ userId }) => userId === chosen?.userId)?.status;
        const has = (wanted: UserStatus) => candidates.some((candidate) => candidate.status === wanted);
        expect(status).toBe(has('ACTIVE') ? 'ACTIVE' : has('PENDING') ? 'PENDING' : undefined);
      }),
    );
  });
});

test.each(['STATIC_USER', 'RULE'] as const)(
  '%s: the person, unless they could not decide',
  (assignmentMode) => {
    const named = (status: UserStatus) => ({
      assignmentMode,
      staticUser: assignmentMode === 'STATIC_USER' ? person('named', status) : person('other'),
      ruleUser: assignmentMode === 'RULE' ? person('named', status) : person('other'),
    });
    expect(seat(named('ACTIVE'))).toEqual({ userId: 'named', source: assignmentMode });
    expect(seat(named('PENDING'))).toEqual({ userId: 'named', source: assignmentMode });
    expect(seat(named('SUSPENDED'))).toBeNull();
    expect(seat({ assignmentMode })).toBeNull();
  },
);

describe('AUTO', () => {
  const holder = (userId: string, load: number, status: UserStatus = 'ACTIVE') => ({
    ...person(userId, status),
    load,
  });

  test.each([
    ['the least loaded', [holder('a', 2), holder('b', 1)], 'b'],
    ['the earlier of equals', [holder('a', 1), holder('b', 1)], 'a'],
    ['an active one before one who never signed in', [holder('a', 0, 'PENDING'), holder('b', 9)], 'b'],
    ['one who never signed in before nobody', [holder('a', 3, 'PENDING'), holder('b', 0, 'INACTIVE')], 'a'],
  ])('%s', (_, holders, userId) => {
    expect(seat({ assignmentMode: 'AUTO', holders })).toEqual({ userId, source: 'AUTO' });
  });

  test('nobody', () => {
    expect(seat({ assignmentMode: 'AUTO' })).toBeNull();
  });
});
