import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frame, type LiveStep } from './frame.ts';
import { symbolsFor } from './symbols.ts';

const LIVE: LiveStep = {
  step: 'backup',
  elapsedMs: 12_300,
  pieces: [
    {
      progress: {
        label: 'counting and hashing',
        detail: 'table 31 of 77, public.a_table_with_a_name_that_is_far_too_long_for_this_line',
        unit: 'bytes',
        done: 412e6,
        total: 1.3e9,
      },
      perSecond: 45e6,
    },
    { progress: { label: 'dumping', detail: null, unit: 'bytes', done: 1e6, total: 1.3e9 }, perSecond: 1e6 },
  ],
};

const draw = (live: LiveStep, columns: number, env: NodeJS.ProcessEnv = { LANG: 'C.UTF-8' }) =>
  frame(live, { columns, symbols: symbolsFor(env), picture: 0 }).map(stripVTControlCharacters);

test('wide: bar, share, amount, rate, remaining time, and at what it is', () => {
  expect(draw(LIVE, 120)).toEqual([
    '  ⠋ backup   12.3 s',
    '      counting and hashing ███████░░░░░░░░░░░░░░░░░  31 %  412.0 MB of 1.3 GB, 45.0 MB/s, 20 s left',
    '        table 31 of 77, public.a_table_with_a_name_that_is_far_too_long_for_this_line',
    '      dumping              ░░░░░░░░░░░░░░░░░░░░░░░░   0 %  1.0 MB of 1.3 GB, 1.0 MB/s',
  ]);
});

test('narrow: no bar, the remaining time before the other figures, a long name cut in its middle', () => {
  expect(draw(LIVE, 50)).toEqual([
    '  ⠋ backup   12.3 s',
    '      counting and hashing  31 %  20 s left',
    '        table 31 of 77, publi…o_long_for_this_line',
    '      dumping                0 %  1.0 MB/s',
  ]);
});

test('a locale without UTF-8 gets the same in ASCII', () => {
  const lines = draw(LIVE, 80, { LANG: 'en_US.ISO-8859-1' });
  expect(lines.join('')).toMatch(/^[ -~]+$/);
  expect(lines[1]).toContain('###.........  31 %');
});

test('what is over is gone, and what has no total has no bar', () => {
  const [piece] = LIVE.pieces;
  if (piece === undefined) throw new Error('There is one.');
  const { progress } = piece;
  const pieces = [
    { progress: { ...progress, done: 1.3e9 }, perSecond: 1 },
    {
      progress: {
        ...progress,
        label: 'locking tables',
        detail: 'waits for pid 42',
        unit: 'items' as const,
        done: 0,
        total: null,
      },
      perSecond: undefined,
    },
  ];
  expect(draw({ ...LIVE, pieces }, 80)).toEqual([
    '  ⠋ backup   12.3 s',
    '      locking tables  waits for pid 42',
  ]);
});

test('no line is ever wider than the terminal', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 20, max: 200 }),
      fc.record({
        label: fc.string({ maxLength: 40 }),
        detail: fc.option(fc.string({ maxLength: 300 })),
        unit: fc.constantFrom('bytes', 'rows', 'statements', 'items', 'keys'),
        done: fc.nat(),
        total: fc.option(fc.nat()),
      }),
      fc.option(fc.double({ min: 0, max: 1e12, noNaN: true }), { nil: undefined }),
      (columns, progress, perSecond) => {
        const lines = draw({ ...LIVE, pieces: [{ progress, perSecond }] }, columns);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
      },
    ),
  );
});
