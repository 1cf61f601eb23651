import { describe, expect, test } from 'vitest';
import { Code, RequiredText, Text } from './wire.ts';

describe('texts', () => {
  test.each(['a\u0000b', 'half a pair \ud83d', '\udc77 the other half'])('%j is refused', (text) => {
    expect(Text.safeParse(text).success).toBe(false);
    expect(Code.safeParse(text).success).toBe(false);
  });

  test('whole emoji, quotes and other scripts are kept', () => {
    for (const text of ['👷🏽‍♂️', `O'Brien "\\ %_`, '日本 ثث']) expect(RequiredText.parse(text)).toBe(text);
  });

  test('what looks the same is the same', () => {
    expect(Code.parse(' Cafe\u0301 ')).toBe('Café');
  });

  test('what nobody sees is refused, for one reason', () => {
    for (const text of ['', '  ', '\u200b\u2060']) {
      expect(RequiredText.safeParse(text).error?.issues).toHaveLength(1);
    }
  });
});
