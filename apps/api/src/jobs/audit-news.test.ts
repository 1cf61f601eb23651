import { describe, expect, test } from 'vitest';
import { noteworthy, whatIsNew } from './audit-news.ts';

const [a, b] = [
  { name: 'fk_a', severity: 'WARNING', count: 1 },
  { name: 'fk_b', severity: 'CRITICAL', count: 2 },
] as const;

describe('noteworthy', () => {
  test.each([
    ['everything by default', 'WARNING', 1, [a, b]],
    ['from three rows on', 'WARNING', 3, [a, b]],
    ['from four rows on', 'WARNING', 4, []],
    ['the critical ones', 'CRITICAL', 1, [b]],
    ['the critical ones from two rows on', 'CRITICAL', 2, [b]],
    ['the critical ones from three rows on, of which there are two', 'CRITICAL', 3, []],
  ] as const)('%s', (_, orphanAlertSeverity, orphanAlertMinimum, expected) => {
    const thresholds = { orphanAlertSeverity, orphanAlertMinimum, slaAlertMinimum: 1 };
    expect(noteworthy([a, b], thresholds)).toEqual(expected);
    expect(noteworthy([], thresholds)).toEqual([]);
  });
});

describe('whatIsNew', () => {
  test.each([
    ['the first audit is healthy', [], [], null],
    ['something was found', [], [a], 'unhealthy'],
    ['the same was found again', [a, b], [b, a], null],
    ['more was found', [a], [a, b], 'unhealthy'],
    ['less was found', [a, b], [a], 'unhealthy'],
    ['more rows of the same key', [a], [{ ...a, count: 5 }], 'unhealthy'],
    ['all is well again', [a], [], 'healthy'],
  ])('%s', (_, before, now, news) => {
    expect(whatIsNew(before, now)).toBe(news);
  });
});
