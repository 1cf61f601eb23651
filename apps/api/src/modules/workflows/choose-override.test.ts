import { OverrideType } from '@apms/validators';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseOverride, type OverrideInForce } from './choose-override.ts';

const override = (id: string, given: Partial<OverrideInForce> = {}): OverrideInForce => ({
  id,
  overrideType: 'CLUSTER',
  stageId: null,
  roleCode: null,
  fromUserId: null,
  toUserId: id,
  approvedAtMs: 0,
  ...given,
});
const stage = { id: 'stage', roleCode: 'RTH', approverId: 'primary' };

test.each([
  ['STAGE over SUBMISSION', override('strong', { overrideType: 'STAGE' }), { overrideType: 'SUBMISSION' }],
  [
    'SUBMISSION over CLUSTER',
    override('strong', { overrideType: 'SUBMISSION' }),
    { overrideType: 'CLUSTER' },
  ],
  ['CLUSTER over REGION', override('strong', { overrideType: 'CLUSTER' }), { overrideType: 'REGION' }],
  ['for the seat over a general one', override('strong', { roleCode: 'RTH' }), { approvedAtMs: 9 }],
  ['approved last', override('strong', { approvedAtMs: 2 }), { approvedAtMs: 1 }],
] as const)('%s', (_, strong, given) => {
  const weak = override('weak', given);
  expect(chooseOverride([weak, strong], stage)?.id).toBe('strong');
  expect(chooseOverride([strong, weak], stage)?.id).toBe('strong');
});

test.each([
  ['for another seat', { roleCode: 'PMO' }],
  ['of another person', { fromUserId: 'somebody' }],
  ['for another stage', { stageId: 'another' }],
])('none: %s', (_, given) => {
  expect(chooseOverride([override('other', given)], stage)).toBeUndefined();
});

test('the order in which overrides are found does not matter', () => {
  const overrides = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      overrideType: fc.constantFrom(...OverrideType.options),
      stageId: fc.constant(null),
      roleCode: fc.constantFrom(null, 'RTH', 'PMO'),
      fromUserId: fc.constantFrom(null, 'primary', 'backup'),
      toUserId: fc.constant('substitute'),
      approvedAtMs: fc.integer({ min: 0, max: 2 }),
    }),
    { selector: ({ id }) => id },
  );
  fc.assert(
    fc.property(overrides, (found) => {
      expect(chooseOverride(found.toReversed(), stage)).toEqual(chooseOverride(found, stage));
    }),
  );
});
