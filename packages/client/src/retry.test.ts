import { TRPCClientError } from '@trpc/client';
import { describe, expect, test } from 'vitest';
import { isRetryable, retryDelayMs } from './retry.ts';

/** A failure as the API answers it. */
function answered(code: string): unknown {
  return TRPCClientError.from({
    error: { code: -32000, message: code, data: { appError: { code } } },
  });
}

const unanswered = TRPCClientError.from(new TypeError('fetch failed'));
const aborted = TRPCClientError.from(new DOMException('gone', 'AbortError'));

describe('isRetryable', () => {
  test.each([
    ['query', false, unanswered, true],
    ['mutation', true, unanswered, true],
    ['mutation', false, unanswered, false],
    ['query', false, answered('DATABASE_UNAVAILABLE'), true],
    ['mutation', true, answered('DATABASE_UNAVAILABLE'), true],
    ['mutation', false, answered('DATABASE_UNAVAILABLE'), false],
    ['mutation', false, answered('TRANSACTION_CONFLICT'), true],
    ['mutation', false, answered('RATE_LIMITED'), true],
    ['query', false, answered('ENTITY_NOT_FOUND'), false],
    ['mutation', true, answered('STAGE_NOT_PENDING'), false],
    ['mutation', true, answered('INTERNAL'), false],
    ['query', false, aborted, false],
    ['query', false, new Error('a mistake of our own'), false],
  ] as const)('%s, key %s, %s: %s', (type, hasIdempotencyKey, error, expected) => {
    expect(isRetryable({ type, hasIdempotencyKey, error })).toBe(expected);
  });
});

test('waits a random time below a limit that doubles up to 5 s', () => {
  for (let attempt = 1; attempt < 20; attempt += 1) {
    const delay = retryDelayMs(attempt);
    expect(delay).toBeGreaterThanOrEqual(0);
    expect(delay).toBeLessThanOrEqual(Math.min(200 * 2 ** (attempt - 1), 5_000));
  }
});
