import fc from 'fast-check';
import { expect, test } from 'vitest';
import { followOverrides } from './follow-overrides.ts';

const override = (id: string, fromUserId: string | null, toUserId: string) => ({
  id,
  overrideType: 'CLUSTER' as const,
  stageId: null,
  roleCode: null,
  fromUserId,
  toUserId,
  approvedAtMs: 0,
});
const stage = { id: 'stage', roleCode: 'RTH', approverId: 'a' };
const follow = (...overrides: ReturnType<typeof override>[]) => {
  const { approverId, path } = followOverrides(overrides, stage);
  return [approverId, path.map(({ id }) => id).join(' ')];
};

test.each([
  ['none', [], 'a', ''],
  ['one', [override('1', 'a', 'b')], 'b', '1'],
  ['the substitute is away too', [override('2', 'b', 'c'), override('1', 'a', 'b')], 'c', '1 2'],
  ['each is away for the other', [override('1', 'a', 'b'), override('2', 'b', 'a')], 'b', '1'],
  [
    'a general one is not for its own beneficiary',
    [override('1', null, 'b'), override('2', 'c', 'd')],
    'b',
    '1',
  ],
  ['to whom it is given already', [override('1', null, 'a')], 'a', '1'],
])('%s', (_, overrides, approverId, path) => {
  expect(follow(...overrides)).toEqual([approverId, path]);
});

test('whatever the overrides, it ends, and nobody is come to twice', () => {
  const person = fc.constantFrom('a', 'b', 'c', 'd');
  const overrides = fc.uniqueArray(fc.tuple(fc.uuid(), fc.option(person), person), {
    selector: ([id]) => id,
  });
  fc.assert(
    fc.property(overrides, (given) => {
      const { approverId, path } = followOverrides(
        given.map(([id, from, to]) => override(id, from, to)),
        stage,
      );
      const visited = path.map(({ toUserId }) => toUserId);
      expect(new Set(visited).size).toBe(visited.length);
      expect(approverId).toBe(visited.at(-1) ?? 'a');
    }),
  );
});
