import { expect, test } from 'vitest';
import { formatSections } from './format.ts';
import { isMet, type Line } from './line.ts';

const line = (change: Partial<Line>): Line => ({
  measure: 'a thing',
  against: 'another',
  unit: 'ms',
  reference: 10,
  ours: 5,
  ...change,
});

test.each([
  [{ goal: { ratio: 0.5 } }, true],
  [{ goal: { ratio: 0.4 } }, false],
  [{ goal: { atLeast: 0.5 } }, true],
  [{ goal: { atLeast: 0.6 } }, false],
  [{ goal: { limit: 5 } }, true],
  [{ goal: { limit: 4 } }, false],
  [{}, undefined],
] as const)('%j is met: %s', (change, met) => {
  expect(isMet(line(change))).toBe(met);
});

test('values are told in their units, goals with their direction', () => {
  const lines = [
    line({ unit: 'requests/s', reference: 2_000, ours: 1_234.5, goal: { atLeast: 0.6 } }),
    line({ unit: 'requests/s', reference: 0.5, ours: 0.25 }),
    line({ unit: 'bytes', ours: 3e6, goal: { limit: 4e6 } }),
    line({ unit: 'errors', ours: 0, goal: { limit: 0 } }),
    line({ ours: 2_500, goal: { ratio: 1.5 } }),
  ];
  const text = formatSections([{ title: 'title', lines, parts: undefined }]);
  const rows = text
    .split('\n')
    .slice(2)
    .map((row) => row.split(/ {2,}/).slice(2));
  expect(rows).toEqual([
    ['2,000/s', '1,235/s', '0.62', '≥ 0.6', 'yes'],
    ['0.5/s', '0.3/s', '0.50'],
    ['3.0 MB', '≤ 4.0 MB', 'yes'],
    ['0 errors', '≤ 0 errors', 'yes'],
    ['10.0 ms', '2.50 s', '250.00', '≤ 1.5', 'NO'],
  ]);
});
