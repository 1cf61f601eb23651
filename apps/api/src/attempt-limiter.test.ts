import { afterEach, expect, test, vi } from 'vitest';
import { createAttemptLimiter } from './attempt-limiter.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('allows so many attempts in a window, by key', () => {
  vi.useFakeTimers();
  const limiter = createAttemptLimiter();
  const attempt = (key: string) => limiter.consume(key, { window: 10, max: 2 });
  expect([attempt('a').allowed, attempt('a').allowed, attempt('b').allowed]).toEqual([true, true, true]);
  vi.advanceTimersByTime(4_000);
  expect(attempt('a')).toEqual({ allowed: false, retryAfter: 6 });
  // Being refused does not make the wait longer.
  vi.advanceTimersByTime(6_000);
  expect(attempt('a')).toEqual({ allowed: true, retryAfter: null });
});

test('starts anew for a key that is forgotten', () => {
  const limiter = createAttemptLimiter();
  const rule = { window: 10, max: 1 };
  limiter.consume('a', rule);
  limiter.forget('a');
  expect(limiter.consume('a', rule).allowed).toBe(true);
});
