import {
  isOffered,
  nextSubmissionStatus,
  type Permission,
  type SubmissionAction,
  type SubmissionStatus,
  submissionTransitions,
} from '@apms/validators';

/** What people do to a submission by a button of its own, in this order. */
export const submissionOffers = {
  submit: { comment: 'none', isDangerous: false },
  acceptQa: { comment: 'none', isDangerous: false },
  returnQa: { comment: 'required', isDangerous: false },
  resubmit: { comment: 'none', isDangerous: false },
  complete: { comment: 'none', isDangerous: false },
  cancel: { comment: 'required', isDangerous: true },
} as const satisfies Readonly<Partial<Record<SubmissionAction, Offer>>>;

interface Offer {
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
  return actions.filter((action) => isOffered<SubmissionStatus>(submissionTransitions[action], status, can));
}

/** Whether documents can be added and taken off. */
export function takesDocuments(status: SubmissionStatus): boolean {
  return nextSubmissionStatus(status, 'attachDocument') !== null;
}
