import { describe, expect, test } from 'vitest';
import { BenchError } from '../bench-error.ts';
import { replaceBlock } from './replace-block.ts';

const [BEGIN, END] = ['<!-- written by pnpm bench compare -->', '<!-- to here -->'];

describe('replaceBlock', () => {
  test('puts the block between the marks, again and again, and leaves the rest', () => {
    const once = replaceBlock(`# Title\n\n${BEGIN}\nold\n${END}\n\nAfter.\n`, 'new', 'a.md');
    expect(once).toBe(`# Title\n\n${BEGIN}\n\nnew\n\n${END}\n\nAfter.\n`);
    expect(replaceBlock(once, 'new', 'a.md')).toBe(once);
  });

  test.each([
    ['has no mark', 'text'],
    ['has no end', `${BEGIN}\ntext`],
    ['has its marks the wrong way round', `${END}\n${BEGIN}`],
    ['has a mark twice', `${BEGIN}\n${END}\n${BEGIN}\n${END}`],
  ])('refuses a document that %s, by its name', (_, document) => {
    expect(() => replaceBlock(document, 'new', 'a.md')).toThrow(BenchError);
    expect(() => replaceBlock(document, 'new', 'a.md')).toThrow(/a\.md needs the lines/);
  });
});
