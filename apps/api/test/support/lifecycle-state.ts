import type {
  PunchlistItemSeverity,
  PunchlistItemStatus,
  PunchlistStatus,
  StageDecision,
  SubmissionStatus,
  WorkflowStageStatus,
  WorkflowStatus,
} from '@apms/validators';
import type { Seat } from './lifecycle.ts';

/** What is known of the lifecycles without a database: small enough to be believed on sight. @source domain, lifecycles */
export interface Model {
  /** How many versions were activated before the ACTIVE one. */
  version: number;
  chains: ModelChains;
  readonly submissions: ModelSubmission[];
}

/** Of each scope the seats of each stage; a scope that is missing is not in the version. */
export type ModelChains = Readonly<Partial<Record<Scope, readonly (readonly Seat[])[]>>>;
export type Scope = 'RAN' | 'MW';

/** The seat without which every chain goes on. */
export const optionalSeat: Seat = 'PMO';

export interface ModelSubmission {
  readonly place: number;
  readonly scope: Scope;
  status: SubmissionStatus;
  revision: number;
  resume: number | null;
  /** The revision of each document. */
  readonly documents: number[];
  readonly workflows: ModelWorkflow[];
  readonly lists: ModelList[];
}

export interface ModelWorkflow {
  readonly version: number;
  status: WorkflowStatus;
  current: number;
  readonly stages: { readonly seat: Seat; readonly stage: number; status: WorkflowStageStatus }[];
}

export interface ModelList {
  readonly raisedBy: Seat;
  status: PunchlistStatus;
  readonly items: { readonly severity: PunchlistItemSeverity; status: PunchlistItemStatus }[];
}

/** Who asks: somebody who may, a VIEWER, an ADMIN of another workspace, nobody, or another approver than the right one. */
export type Caller = 'right' | 'viewer' | 'stranger' | 'nobody' | 'other';

type OfSubmission =
  | 'attach'
  | 'detach'
  | 'submit'
  | 'resubmit'
  | 'acceptQa'
  | 'returnQa'
  | 'complete'
  | 'cancel';

export type Action =
  | { readonly kind: 'activate'; readonly chains: ModelChains }
  | { readonly kind: 'create'; readonly place: number; readonly scope: Scope }
  | { readonly kind: OfSubmission; readonly submission: number }
  | { readonly kind: 'hold' | 'resume' | 'cancelWorkflow'; readonly submission: number }
  | { readonly kind: 'skip'; readonly submission: number; readonly seat: Seat }
  | {
      readonly kind: 'decide';
      readonly submission: number;
      readonly seat: Seat;
      readonly decision: StageDecision;
      readonly severities: readonly PunchlistItemSeverity[];
    }
  | {
      readonly kind: 'rectify' | 'rectifyWithoutEvidence' | 'validate' | 'close' | 'reopen';
      readonly submission: number;
      readonly list: number;
      readonly item: number;
    };

/** The error's code that an action must fail with; null when it must succeed. */
export type Failure = string | null;

/** The code of what is not possible in the present state. */
export const illegal = 'TRANSITION_ILLEGAL';

/** Whether nothing of the submission's lists is left to close. */
export function isAllClosed({ lists }: ModelSubmission): boolean {
  return lists.every(({ status }) => status === 'CLOSED');
}
