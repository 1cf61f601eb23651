import { MembershipRole, SubmissionStatus } from '@apms/validators';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPermitted } from '../../permissions.ts';
import { nextSubmissionStatus, type SubmissionAction, submissionTransitions } from './transitions.ts';

const statuses = SubmissionStatus.options;
const actions = Object.keys(submissionTransitions).filter(isAction);

function isAction(name: string): name is SubmissionAction {
  return Object.hasOwn(submissionTransitions, name);
}

/** Every pair that is possible; all others are not. */
const possible: Readonly<Record<SubmissionAction, Partial<Record<SubmissionStatus, SubmissionStatus>>>> = {
  attachDocument: { DRAFT: 'DRAFT', RECTIFICATION: 'RECTIFICATION' },
  detachDocument: { DRAFT: 'DRAFT', RECTIFICATION: 'RECTIFICATION' },
  submit: { DRAFT: 'QA_REVIEW' },
  acceptQa: { QA_REVIEW: 'IN_REVIEW' },
  returnQa: { QA_REVIEW: 'DRAFT' },
  approve: { IN_REVIEW: 'APPROVED' },
  approveWithPunchlist: { IN_REVIEW: 'APPROVED_WITH_PUNCHLIST' },
  reject: { IN_REVIEW: 'RECTIFICATION' },
  resubmit: { RECTIFICATION: 'QA_REVIEW' },
  complete: { APPROVED: 'COMPLETED', APPROVED_WITH_PUNCHLIST: 'COMPLETED' },
  cancel: {
    DRAFT: 'CANCELLED',
    QA_REVIEW: 'CANCELLED',
    IN_REVIEW: 'CANCELLED',
    RECTIFICATION: 'CANCELLED',
  },
};

describe.each(statuses)('from %s', (from) => {
  test.each(actions)('%s', (action) => {
    expect(nextSubmissionStatus(from, action)).toBe(possible[action][from] ?? null);
  });
});

/** Which roles may ask for each action; nobody for what only a workflow brings about. */
const askedBy: Readonly<Record<SubmissionAction, readonly MembershipRole[]>> = {
  attachDocument: ['ADMIN', 'DOC_CONTROL', 'VENDOR'],
  detachDocument: ['ADMIN', 'DOC_CONTROL', 'VENDOR'],
  submit: ['ADMIN', 'DOC_CONTROL', 'VENDOR'],
  acceptQa: ['ADMIN', 'QA_ENGINEER'],
  returnQa: ['ADMIN', 'QA_ENGINEER'],
  approve: [],
  approveWithPunchlist: [],
  reject: [],
  resubmit: ['ADMIN', 'DOC_CONTROL', 'VENDOR'],
  complete: ['ADMIN', 'DOC_CONTROL', 'VENDOR'],
  cancel: ['ADMIN', 'DOC_CONTROL', 'VENDOR'],
};

test.each(actions)('%s is for these roles and no others', (action) => {
  const { permission } = submissionTransitions[action];
  const roles = MembershipRole.options.filter(
    (role) => permission !== null && isPermitted([role], permission),
  );
  expect(roles).toEqual(MembershipRole.options.filter((role) => askedBy[action].includes(role)));
});

describe('as a whole', () => {
  const walk = (path: readonly SubmissionAction[]) =>
    path.reduce<SubmissionStatus>(
      (status, action) => nextSubmissionStatus(status, action) ?? status,
      'DRAFT',
    );

  test('no path leaves the set, and an end is an end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...actions)),
        fc.array(fc.constantFrom(...actions)),
        (path, more) => {
          const status = walk(path);
          expect(statuses).toContain(status);
          const hasEnded = status === 'COMPLETED' || status === 'CANCELLED';
          expect(walk([...path, ...(hasEnded ? more : [])])).toBe(status);
        },
      ),
    );
  });

  test('every state is reached from DRAFT, and from every state an end', () => {
    const reach = (start: SubmissionStatus): ReadonlySet<SubmissionStatus> => {
      const seen = new Set([start]);
      for (const from of seen) {
        for (const action of actions) {
          const to = nextSubmissionStatus(from, action);
          if (to !== null) seen.add(to);
        }
      }
      return seen;
    };
    expect([...reach('DRAFT')].toSorted()).toEqual([...statuses].toSorted());
    for (const status of statuses) {
      expect(reach(status).has('COMPLETED') || reach(status).has('CANCELLED')).toBe(true);
    }
  });
});
