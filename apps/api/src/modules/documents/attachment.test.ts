import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { attachment } from './attachment.ts';

test.each([
  ['report.pdf', `attachment; filename="report.pdf"; filename*=UTF-8''report.pdf`],
  ['a "b" c.pdf', `attachment; filename="a _b_ c.pdf"; filename*=UTF-8''a%20%22b%22%20c.pdf`],
  [
    'Prüfung(1)’*.pdf',
    `attachment; filename="Pr_fung(1)_*.pdf"; filename*=UTF-8''Pr%C3%BCfung%281%29%E2%80%99%2A.pdf`,
  ],
])('%s', (name, header) => {
  expect(attachment(name)).toBe(header);
});

test('is one header whatever the name, from which the name can be read again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const header = attachment(name);
      expect(header).toMatch(/^attachment; filename="[ !#$&-[\]-~]*"; filename\*=UTF-8''[\w.!~%-]*$/);
      expect(decodeURIComponent(header.split("''")[1] ?? '')).toBe(name.toWellFormed());
    }),
  );
});
