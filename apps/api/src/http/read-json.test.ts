import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from './read-json.ts';

const read = (text: string, maxDepth = 64) => readJson(Buffer.from(text), maxDepth);

describe('readJson', () => {
  test('reads every value that JSON writes, as it was', () => {
    const shallow = fc
      .jsonValue({ maxDepth: 10 })
      .filter((value) => !/__proto__|constructor/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(shallow, (value) => {
        const text = JSON.stringify(value);
        expect(read(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('gives undefined for an empty text', () => {
    expect(read('')).toBeUndefined();
  });

  test('counts depth outside of strings only', () => {
    expect(read(String.raw`{"a":"[[[[[[\"[[["}`, 1)).toEqual({ a: '[[[[[["[[[' });
    expect(read('[[1],[2],{"a":3}]', 2)).toHaveLength(3);
    expect(() => read('[[[1]]]', 2)).toThrow('nested deeper than 2');
  });

  test.each([
    '{"__proto__":1}',
    String.raw`{"__pr\u006fto__":1}`,
    '[{"a":{"__proto__":{}}}]',
    '{"constructor":{"prototype":{}}}',
  ])('refuses %s', (text) => {
    expect(() => read(text)).toThrow(SyntaxError);
  });

  test('never does anything but read or refuse', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(outcomeOf(() => readJson(Buffer.from(bytes), 3))).toMatch(/^(?:read|SyntaxError)$/);
      }),
    );
  });
});

function outcomeOf(work: () => unknown): string {
  try {
    work();
    return 'read';
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown';
  }
}
