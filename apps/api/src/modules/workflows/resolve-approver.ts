import type { ApproverSource, AssignmentMode, UserStatus } from '@apms/validators';

/** A person that a seat may be given to. */
export interface Candidate {
  readonly userId: string;
  readonly status: UserStatus;
}

/** A person in the roster of a cluster. */
export interface RosterCandidate extends Candidate {
  readonly rank: number;
}

/** A person who could be asked automatically. */
export interface HolderCandidate extends Candidate {
  /** How many stages await them already. */
  readonly load: number;
}

/** Who may sit in a stage's seat, by each way of finding them; what the mode does not ask for may be empty. */
export interface Seat {
  readonly assignmentMode: AssignmentMode;
  readonly roster: readonly RosterCandidate[];
  readonly staticUser: Candidate | null;
  /** Whom the stage's rule names for this site, scope and vendor. */
  readonly ruleUser: Candidate | null;
  /** The earlier of equals is asked first. */
  readonly holders: readonly HolderCandidate[];
}

export interface ChosenApprover {
  readonly userId: string;
  readonly source: Exclude<ApproverSource, 'OVERRIDE'>;
}

/**
 * Who approves a stage, before overrides; null when nobody in the seat could. An ACTIVE person goes before one who is
 * PENDING, the state of everybody whom an import has just made known: a chain can start before they first sign in.
 * Whoever is SUSPENDED or INACTIVE is never asked.
 * @source domain, lifecycles, workflow
 */
export function resolveApprover(seat: Seat): ChosenApprover | null {
  switch (seat.assignmentMode) {
    case 'CLUSTER':
      return resolveRoster(seat.roster);
    case 'STATIC_USER':
      return ifAble(seat.staticUser, 'STATIC_USER');
    case 'RULE':
      return ifAble(seat.ruleUser, 'RULE');
    case 'AUTO': {
      const byLoad = seat.holders.toSorted((a, b) => a.load - b.load);
      return ifAble(firstAble(byLoad) ?? null, 'AUTO');
    }
  }
}

/** The primary, or the first backup in order who is active. */
function resolveRoster(roster: readonly RosterCandidate[]): ChosenApprover | null {
  const byRank = roster.toSorted((a, b) => a.rank - b.rank);
  const chosen = firstAble(byRank);
  return ifAble(chosen ?? null, chosen?.rank === byRank[0]?.rank ? 'PRIMARY' : 'BACKUP');
}

function firstAble<C extends Candidate>(candidates: readonly C[]): C | undefined {
  return (
    candidates.find(({ status }) => status === 'ACTIVE') ??
    candidates.find(({ status }) => status === 'PENDING')
  );
}

function ifAble(candidate: Candidate | null, source: ChosenApprover['source']): ChosenApprover | null {
  if (candidate === null || !isAble(candidate.status)) return null;
  return { userId: candidate.userId, source };
}

/** Whether somebody in that state can be given a stage. */
export function isAble(status: UserStatus): boolean {
  return status === 'ACTIVE' || status === 'PENDING';
}
