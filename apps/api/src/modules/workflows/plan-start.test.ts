import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planStart } from './plan-start.ts';

const chain = (...numbers: number[]) =>
  numbers.map((number) => ({ stageNumber: Math.abs(number), hasApprover: number > 0 }));

test.each([
  ['the first opens', chain(1, 2, 3), null, ['PENDING', 'WAITING', 'WAITING']],
  ['all of the first number open', chain(1, 1, 2), null, ['PENDING', 'PENDING', 'WAITING']],
  ['empty seats are passed over', chain(-1, 2, -3), null, ['SKIPPED', 'PENDING', 'SKIPPED']],
  ['a resubmission begins where it was rejected', chain(1, 2, 3), 2, ['SKIPPED', 'PENDING', 'WAITING']],
  ['or at the next stage there is', chain(1, 3), 2, ['SKIPPED', 'PENDING']],
  ['or, in a shorter chain, at the first', chain(1, 2), 3, ['PENDING', 'WAITING']],
])('%s', (_, stages, resume, statuses) => {
  expect(planStart(stages, resume)).toEqual(statuses);
});

test('whatever the chain, something opens, all of it with one number, and nothing before it waits', () => {
  const stages = fc.array(
    fc.record({ stageNumber: fc.integer({ min: 1, max: 6 }), hasApprover: fc.boolean() }),
  );
  const resume = fc.option(fc.integer({ min: 1, max: 8 }));
  fc.assert(
    fc.property(stages, resume, (given, from) => {
      fc.pre(given.some(({ hasApprover }) => hasApprover));
      const started = given.map((stage, index) => ({ ...stage, status: planStart(given, from)[index] }));
      const open = started.filter(({ status }) => status === 'PENDING');
      expect(new Set(open.map(({ stageNumber }) => stageNumber)).size).toBe(1);
      expect(open.every(({ hasApprover }) => hasApprover)).toBe(true);
      const number = open[0]?.stageNumber ?? 0;
      for (const { stageNumber, status } of started) {
        expect(status === 'WAITING' ? stageNumber > number : true).toBe(true);
      }
    }),
  );
});
