import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAccessCache } from './access-cache.ts';
import type { Person } from './person.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const ani: Person = {
  userId: 'ani',
  email: 'a@b.example',
  name: 'Ani',
  credential: 'session',
  memberships: [],
};
const budi: Person = { ...ani, userId: 'budi' };

/** A cache, and the news it gets. */
function setUp() {
  let listening = true;
  let tell: (userIds: readonly string[] | null) => void = () => undefined;
  const cache = createAccessCache({
    isListening: () => listening,
    onAccessChange: (listener) => {
      tell = listener;
      return () => undefined;
    },
  });
  return {
    cache,
    announce: (userIds: readonly string[] | null) => tell(userIds),
    setListening: (value: boolean) => {
      listening = value;
    },
  };
}

test('keeps an account for half a minute', () => {
  const { cache } = setUp();
  cache.startReading()('key', ani, null);
  vi.advanceTimersByTime(29_000);
  expect(cache.get('key')).toBe(ani);
  vi.advanceTimersByTime(2_000);
  expect(cache.get('key')).toBeUndefined();
});

test('keeps it no longer than its credential is good', () => {
  const { cache } = setUp();
  cache.startReading()('key', ani, new Date(Date.now() + 1_000));
  cache.startReading()('past', ani, new Date(Date.now() - 1));
  expect(cache.get('past')).toBeUndefined();
  vi.advanceTimersByTime(1_500);
  expect(cache.get('key')).toBeUndefined();
});

test('forgets whom a change names, and everybody when it names nobody', () => {
  const { cache, announce } = setUp();
  cache.startReading()('of ani', ani, null);
  cache.startReading()('also of ani', ani, null);
  cache.startReading()('of budi', budi, null);
  announce(['ani', 'nobody']);
  expect([cache.get('of ani'), cache.get('also of ani'), cache.get('of budi')]).toEqual([
    undefined,
    undefined,
    budi,
  ]);
  announce(null);
  expect(cache.get('of budi')).toBeUndefined();
});

test('does not keep what was read while access changed', () => {
  const { cache, announce } = setUp();
  const keep = cache.startReading();
  announce(['ani']);
  keep('key', ani, null);
  expect(cache.get('key')).toBeUndefined();
});

test('believes nothing while no news arrive, nor what it knew before', () => {
  const { cache, announce, setListening } = setUp();
  cache.startReading()('before', ani, null);
  setListening(false);
  expect(cache.get('before')).toBeUndefined();
  cache.startReading()('meanwhile', ani, null);
  setListening(true);
  announce(null);
  expect([cache.get('before'), cache.get('meanwhile')]).toEqual([undefined, undefined]);
});
