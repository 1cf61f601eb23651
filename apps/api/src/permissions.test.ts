import { MembershipRole, type SubmissionAction, submissionTransitions } from '@apms/validators';
import { expect, test } from 'vitest';
import { isPermitted } from './permissions.ts';

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

function isAction(name: string): name is SubmissionAction {
  return Object.hasOwn(submissionTransitions, name);
}

test.each(Object.keys(submissionTransitions).filter(isAction))(
  '%s is for these roles and no others',
  (action) => {
    const { permission } = submissionTransitions[action];
    const roles = MembershipRole.options.filter(
      (role) => permission !== null && isPermitted([role], permission),
    );
    expect(roles).toEqual(MembershipRole.options.filter((role) => askedBy[action].includes(role)));
  },
);
