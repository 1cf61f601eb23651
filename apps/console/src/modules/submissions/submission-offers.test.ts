import { nextSubmissionStatus, Permission, SubmissionStatus, submissionTransitions } from '@apms/validators';
import { expect, test } from 'vitest';
import { type OfferedAction, offersOf, submissionOffers, takesDocuments } from './submission-offers.ts';

function isOffer(name: string): name is OfferedAction {
  return Object.hasOwn(submissionOffers, name);
}

const actions = Object.keys(submissionOffers).filter(isOffer);

test.each(SubmissionStatus.options)('of one in %s exactly what the API allows is offered', (status) => {
  for (const permission of Permission.options) {
    const allowed = actions.filter(
      (action) =>
        nextSubmissionStatus(status, action) !== null &&
        submissionTransitions[action].permission === permission,
    );
    expect(offersOf(status, (asked) => asked === permission)).toEqual(allowed);
  }
  expect(takesDocuments(status)).toBe(nextSubmissionStatus(status, 'detachDocument') !== null);
});

test('whatever people may ask for has its button, but for what is done to single documents', () => {
  const asked = Object.entries(submissionTransitions).filter(([, { permission }]) => permission !== null);
  const elsewhere = ['attachDocument', 'detachDocument'];
  expect(
    asked
      .map(([action]) => action)
      .filter((action) => !elsewhere.includes(action))
      .toSorted(),
  ).toEqual(actions.toSorted());
});
