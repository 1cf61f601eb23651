import { describe, expect, test } from 'vitest';
import { whatIsNew } from './audit-news.ts';

const [a, b] = [
  { name: 'fk_a', count: 1 },
  { name: 'fk_b', count: 2 },
];

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
