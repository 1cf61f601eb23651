import { expect, test } from 'vitest';
import { hidePassword, restorePassword } from './hidden-password.ts';

const url = 'postgres://me:p%40ss%3A%2F%23@db.example:5432/apms?schema=public';
const hidden = 'postgres://me@db.example:5432/apms?schema=public';

test('a password leaves the URL and comes back from the one that is known', () => {
  expect(hidePassword(url)).toBe(hidden);
  expect(restorePassword(hidden, [undefined, url])).toBe(url);
});

test.each(['postgres://me@db.example:5432/other', 'not a url', ''])('%j stays as it is', (other) => {
  expect(hidePassword(other)).toBe(other);
  expect(restorePassword(other, [url])).toBe(other);
});

test('without a URL there is none to complete', () => {
  expect(restorePassword(undefined, [url])).toBeUndefined();
});
