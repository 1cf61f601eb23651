import { describe, expect, test } from 'vitest';
import { isNoticed } from './notices.ts';

const said = (output: string, exitCode: number | null = 0) => ({ exitCode, ms: 1, output });

describe('isNoticed', () => {
  test.each([
    ['another exit code', said('Nothing to do.'), said('Nothing to do.', 1)],
    ['a line that tells of it', said('Up to date.'), said('Script signatures diverge at change first')],
    ['another such line', said('first was edited'), said('second was edited')],
  ])('%s is a notice', (_, before, after) => expect(isNoticed(before, after)).toBe(true));

  test.each([
    ['the same words', said('Nothing to do.'), said('Nothing to do.')],
    ['a migration that was deployed', said('Up to date.'), said('Deploying changes\n  + next .. ok')],
    ['a warning that was there before', said('id is missing'), said('id is missing')],
    ['no such command', undefined, undefined],
  ])('%s is none', (_, before, after) => expect(isNoticed(before, after)).toBe(false));
});
