import { AtpCategory } from '@apms/validators';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PolicyKey, resolvePolicy } from './resolve-policy.ts';

const policy = (
  id: string,
  vendorCode: string | null,
  atpCategory: AtpCategory,
  fallbackPriority = 100,
): PolicyKey => ({ id, vendorCode, atpCategory, fallbackPriority });

const all = [
  policy('vendor', 'V-1', 'HARDWARE', 300),
  policy('any', null, 'HARDWARE', 200),
  policy('both', null, 'BOTH', 100),
];

test.each([
  ['of the vendor, whatever the priorities', 'V-1', 'HARDWARE', 'vendor', 'VENDOR'],
  ['of any vendor', 'V-2', 'HARDWARE', 'any', 'ANY_VENDOR'],
  ['of any vendor, for work of none', null, 'HARDWARE', 'any', 'ANY_VENDOR'],
  ['of any vendor and category', 'V-1', 'SOFTWARE', 'both', 'ANY_VENDOR_AND_CATEGORY'],
  ['of category BOTH asked for as such', null, 'BOTH', 'both', 'ANY_VENDOR'],
] as const)('%s', (_, vendorCode, atpCategory, id, matchedBy) => {
  expect(resolvePolicy(all, { vendorCode, atpCategory })).toMatchObject({ policy: { id }, matchedBy });
});

test('the lowest fallback priority among equals, then the id', () => {
  const equals = [
    policy('c', null, 'HARDWARE', 2),
    policy('b', null, 'HARDWARE', 1),
    policy('a', null, 'HARDWARE', 1),
  ];
  const found = resolvePolicy(equals, { vendorCode: null, atpCategory: 'HARDWARE' });
  expect(found?.policy.id).toBe('a');
});

test.each([
  ['no policy at all', []],
  ['only of another vendor', [policy('other', 'V-2', 'HARDWARE')]],
  ['only of another category', [policy('other', null, 'SOFTWARE')]],
  ['BOTH of the vendor is no fallback', [policy('other', 'V-1', 'BOTH')]],
])('none: %s', (_, policies) => {
  expect(resolvePolicy(policies, { vendorCode: 'V-1', atpCategory: 'HARDWARE' })).toBeUndefined();
});

test('the order of the policies does not matter, and nothing found is of another vendor or category', () => {
  const vendorCode = fc.constantFrom('V-1', 'V-2', null);
  const atpCategory = fc.constantFrom(...AtpCategory.options);
  const policies = fc.uniqueArray(
    fc.record({ id: fc.uuid(), vendorCode, atpCategory, fallbackPriority: fc.integer({ min: 1, max: 3 }) }),
    { selector: ({ id }) => id },
  );
  fc.assert(
    fc.property(policies, fc.record({ vendorCode, atpCategory }), (given, wanted) => {
      const found = resolvePolicy(given, wanted);
      expect(resolvePolicy(given.toReversed(), wanted)).toEqual(found);
      const fits = ({ vendorCode: vendor, atpCategory: category }: PolicyKey) =>
        (vendor === null && [wanted.atpCategory, 'BOTH'].includes(category)) ||
        (vendor !== null && vendor === wanted.vendorCode && category === wanted.atpCategory);
      expect(found === undefined).toBe(!given.some(fits));
      expect(given.some((each) => fits(each) && each === found?.policy)).toBe(given.some(fits));
    }),
  );
});
