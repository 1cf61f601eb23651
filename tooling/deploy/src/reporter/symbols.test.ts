import { expect, test } from 'vitest';
import { symbolsFor } from './symbols.ts';

test.each<[NodeJS.ProcessEnv, string]>([
  [{}, '✓'],
  [{ LANG: 'en_US.UTF-8' }, '✓'],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, '+'],
  [{ LANG: 'C', LC_CTYPE: 'C.utf8' }, '✓'],
  [{ LC_ALL: '', LANG: 'POSIX' }, '+'],
  [{ LANG: 'en_US.UTF-8', TERM: 'linux' }, '+'],
])('%j marks what is done with %s', (env, mark) => {
  expect(symbolsFor(env).done).toBe(mark);
});

test('every mark differs from the others, in either set', () => {
  for (const env of [{ LANG: 'C.UTF-8' }, { LANG: 'C' }]) {
    const { done, failed, warning, note } = symbolsFor(env);
    expect(new Set([done, failed, warning, note]).size).toBe(4);
  }
});
