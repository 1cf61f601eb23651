import { expect, test } from 'vitest';
import { createAttemptLimiter } from './attempt-limiter.ts';
import { createSignInGuard } from './sign-in-guard.ts';

const email = 'owner@people.example';
const newGuard = () => createSignInGuard(createAttemptLimiter());

function admitted(guard: ReturnType<typeof newGuard>, count: number, addressOf: (n: number) => string) {
  const answers = Array.from({ length: count }, (_, n) => guard.admit({ email, address: addressOf(n) }));
  return answers.filter(({ allowed }) => allowed).length;
}

test('twenty guesses from one address hold back that address and no other', () => {
  const guard = newGuard();
  expect(admitted(guard, 30, () => '203.0.113.1')).toBe(20);
  expect(guard.admit({ email, address: '203.0.113.1' })).toEqual({ allowed: false, retryAfter: 15 * 60 });
  expect(guard.admit({ email, address: '203.0.113.2' }).allowed).toBe(true);
  expect(guard.admit({ email: 'other@people.example', address: '203.0.113.1' }).allowed).toBe(true);
});

test('guesses spread over many addresses are held back together, but not the owner where they usually are', () => {
  const guard = newGuard();
  const home = { email, address: '198.51.100.7' };
  expect(guard.admit(home).allowed).toBe(true);
  guard.succeeded(home);
  expect(admitted(guard, 400, (n) => `2001:db8::${n}`)).toBe(199);
  expect(guard.admit({ email, address: '203.0.113.3' }).allowed).toBe(false);
  expect(guard.admit(home).allowed).toBe(true);
});

test('a right password starts the count anew for its address', () => {
  const guard = newGuard();
  const home = { email, address: '198.51.100.7' };
  expect(admitted(guard, 19, () => home.address)).toBe(19);
  expect(guard.admit(home).allowed).toBe(true);
  guard.succeeded(home);
  expect(admitted(guard, 30, () => home.address)).toBe(20);
});
