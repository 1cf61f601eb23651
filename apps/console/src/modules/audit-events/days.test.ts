import { describe, expect, test } from 'vitest';
import { dayAfter, isDay, startOfDay } from './days.ts';

describe('days', () => {
  test.each([
    ['2026-02-28', true],
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['28.02.2026', false],
    ['', false],
  ])('%s: there is such a day: %s', (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });

  test.each([
    ['2026-02-28', '2026-03-01'],
    ['2026-12-31', '2027-01-01'],
    ['2026-03-29', '2026-03-30'],
  ])('after %s comes %s', (day, next) => {
    expect(dayAfter(day)).toBe(next);
  });

  test('begin at midnight of the reader', () => {
    expect(new Date(startOfDay('2026-03-29')).getHours()).toBe(0);
  });
});
