import type { Permission, SubmissionStatus } from '@apms/validators';

/** What people do to a submission, and when it is theirs to do. The API decides; this is what is offered. */
export const submissionOffers = {
  submit: { from: ['DRAFT'], permission: 'submissions.write', comment: 'none', isDangerous: false },
  acceptQa: { from: ['QA_REVIEW'], permission: 'submissions.review', comment: 'none', isDangerous: false },
  returnQa: {
    from: ['QA_REVIEW'],
    permission: 'submissions.review',
    comment: 'required',
    isDangerous: false,
  },
  resubmit: { from: ['RECTIFICATION'], permission: 'submissions.write', comment: 'none', isDangerous: false },
  complete: {
    from: ['APPROVED', 'APPROVED_WITH_PUNCHLIST'],
    permission: 'submissions.write',
    comment: 'none',
    isDangerous: false,
  },
  cancel: {
    from: ['DRAFT', 'QA_REVIEW', 'IN_REVIEW', 'RECTIFICATION'],
    permission: 'submissions.write',
    comment: 'required',
    isDangerous: true,
  },
} as const satisfies Readonly<Record<string, Offer>>;

interface Offer {
  readonly from: readonly SubmissionStatus[];
  readonly permission: Permission;
  readonly comment: 'none' | 'required';
  readonly isDangerous: boolean;
}

export type OfferedAction = keyof typeof submissionOffers;

/** What may be done now by somebody with these permissions, in the order of {@link submissionOffers}. */
export function offersOf(
  status: SubmissionStatus,
  can: (permission: Permission) => boolean,
): OfferedAction[] {
  const actions: OfferedAction[] = ['submit', 'acceptQa', 'returnQa', 'resubmit', 'complete', 'cancel'];
  return actions.filter((action) => {
    const { from, permission }: Offer = submissionOffers[action];
    return from.includes(status) && can(permission);
  });
}

/** Whether documents can be added and taken off. */
export function takesDocuments(status: SubmissionStatus): boolean {
  return status === 'DRAFT' || status === 'RECTIFICATION';
}
