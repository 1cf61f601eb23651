import type { MembershipRole } from '@apms/validators';

/** Where somebody is a member, and as what. */
export interface Membership {
  readonly workspaceId: string;
  readonly roles: readonly MembershipRole[];
}

/** An account whose credential was accepted. */
export interface Person {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  /** By what it was recognised; an API key has no session to sign out of. */
  readonly credential: 'session' | 'apiKey';
  readonly memberships: readonly Membership[];
}

/** A person in one workspace. */
export interface Actor extends Omit<Person, 'memberships'>, Membership {}
