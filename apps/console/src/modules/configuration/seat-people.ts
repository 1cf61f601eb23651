import type { ClusterApprover } from '@apms/validators';

/** Somebody in a seat while it is changed; an empty day is no limit. */
export interface SeatPerson {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly effectiveFrom: string;
  readonly effectiveTo: string;
}

/** The primary first. */
export function peopleOf(approvers: readonly ClusterApprover[]): SeatPerson[] {
  return approvers
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ userId, personName, email, effectiveFrom, effectiveTo }) => ({
      userId,
      name: personName,
      email,
      effectiveFrom: effectiveFrom ?? '',
      effectiveTo: effectiveTo ?? '',
    }));
}

/** Whether somebody's last day is before their first one. */
export function isBackwards({ effectiveFrom, effectiveTo }: SeatPerson): boolean {
  return effectiveFrom !== '' && effectiveTo !== '' && effectiveTo < effectiveFrom;
}

/** The same people with one of them so many places later, or as they are when there is no such place. */
export function moved(people: readonly SeatPerson[], index: number, by: number): readonly SeatPerson[] {
  const person = people[index];
  const place = index + by;
  if (person === undefined || place < 0 || place >= people.length) return people;
  return people.toSpliced(index, 1).toSpliced(place, 0, person);
}
