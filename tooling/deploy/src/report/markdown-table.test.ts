import { expect, it } from 'vitest';
import { table } from './markdown-table.ts';

it('aligns text to the left and figures to the right', () => {
  expect(
    table(
      ['name', { right: 'rows' }, 'note'],
      [
        ['a|b', '1,000', 'x\ny'],
        ['c', null, ''],
      ],
    ),
  ).toBe(
    [
      '| name |  rows | note |',
      '| ---- | ----: | ---- |',
      '| a\\|b | 1,000 | x y |',
      '| c    |     – |  |',
    ].join('\n'),
  );
});

it('does not pad to a cell that is very long', () => {
  const [head] = table(['a', 'b'], [['x'.repeat(300), 'y']]).split('\n');
  expect(head?.length).toBeLessThan(80);
});
