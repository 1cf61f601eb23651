import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SubmissionStatus } from './submission.ts';
import {
  nextSubmissionStatus,
  type SubmissionAction,
  submissionTransitions,
} from './submission-transitions.ts';

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
