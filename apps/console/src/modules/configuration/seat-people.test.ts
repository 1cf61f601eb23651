import { describe, expect, test } from 'vitest';
import { isBackwards, moved, type SeatPerson } from './seat-people.ts';

const person = (userId: string, effectiveFrom = '', effectiveTo = ''): SeatPerson => ({
  userId,
  name: userId,
  email: `${userId}@opco.example`,
  effectiveFrom,
  effectiveTo,
});
const people = [person('adi'), person('budi'), person('citra')];
const order = (list: readonly SeatPerson[]) => list.map(({ userId }) => userId);

describe('people of a seat', () => {
  test('are asked earlier and later, within the list', () => {
    expect(order(moved(people, 2, -1))).toEqual(['adi', 'citra', 'budi']);
    expect(order(moved(people, 0, 1))).toEqual(['budi', 'adi', 'citra']);
    expect(moved(people, 0, -1)).toBe(people);
    expect(moved(people, 2, 1)).toBe(people);
  });

  test('do not end before they begin', () => {
    expect(isBackwards(person('adi', '2026-02-01', '2026-01-31'))).toBe(true);
    expect(isBackwards(person('adi', '2026-02-01', '2026-02-01'))).toBe(false);
    expect(isBackwards(person('adi', '', '2026-01-31'))).toBe(false);
    expect(isBackwards(person('adi', '2026-02-01'))).toBe(false);
  });
});
