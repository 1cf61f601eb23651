import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutMarkdown } from './cut-markdown.ts';

const line = fc.constantFrom('| é | 1 |', '', '🚨 text', '<details><summary>x</summary>', '</details>');

it('leaves what fits as it is', () => {
  expect(cutMarkdown('a\nb\n', 4)).toBe('a\nb\n');
});

it('is never longer than allowed, and keeps whole lines', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), fc.integer({ min: -5, max: 600 }), (lines, maxBytes) => {
      const text = lines.join('\n');
      const cut = cutMarkdown(text, maxBytes);
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(Math.max(0, maxBytes));
      const kept = cut.split('\n\nCut here')[0]?.replace(/\n\n<\/details>$/, '') ?? '';
      expect(text.startsWith(kept)).toBe(true);
    }),
  );
});

it('closes what it cut open, and says that it was cut', () => {
  const text = `<details><summary>rows</summary>\n\n${'| a | b |\n'.repeat(100)}\n</details>\n`;
  expect(cutMarkdown(text, 300)).toMatch(
    /\| a \| b \|\n\n<\/details>\n\nCut here: the rest is in report\.md/,
  );
});
