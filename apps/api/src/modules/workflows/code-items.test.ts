import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeItems } from './code-items.ts';

test('keeps codes that are given and fills in the next free one', () => {
  expect(codeItems([{}, { itemCode: 'P-02' }, {}, { itemCode: 'X' }])).toEqual(['P-01', 'P-02', 'P-03', 'X']);
});

test('codes differ when those given do', () => {
  const given = fc.uniqueArray(fc.option(fc.constantFrom('P-01', 'P-02', 'P-03', 'A'), { nil: undefined }), {
    selector: (code) => code ?? Symbol('none'),
    maxLength: 10,
  });
  fc.assert(
    fc.property(given, (codes) => {
      const coded = codeItems(codes.map((itemCode) => (itemCode === undefined ? {} : { itemCode })));
      expect(new Set(coded).size).toBe(codes.length);
    }),
  );
});
