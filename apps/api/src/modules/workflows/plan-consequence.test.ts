import type { WorkflowStageStatus } from '@apms/validators';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planConsequence } from './plan-consequence.ts';

const chain = (...stages: [number, WorkflowStageStatus][]) =>
  stages.map(([stageNumber, status], index) => ({ id: index, stageNumber, status }));
const ids = (stages: readonly { id: number }[]) => stages.map(({ id }) => id);

test.each([
  ['the next opens', chain([1, 'APPROVED'], [2, 'WAITING'], [3, 'WAITING']), 'IN_PROGRESS', 2, [1], []],
  [
    'all of the next number open together',
    chain([1, 'APPROVED'], [2, 'WAITING'], [2, 'WAITING'], [3, 'WAITING']),
    'IN_PROGRESS',
    2,
    [1, 2],
    [],
  ],
  [
    'others of the number are still to decide',
    chain([1, 'APPROVED'], [1, 'PENDING'], [2, 'WAITING']),
    'IN_PROGRESS',
    1,
    [],
    [],
  ],
  [
    'numbers may be left out and passed over',
    chain([1, 'APPROVED'], [3, 'SKIPPED'], [5, 'WAITING']),
    'IN_PROGRESS',
    5,
    [2],
    [],
  ],
  ['the last completes', chain([1, 'APPROVED_WITH_PUNCHLIST'], [2, 'SKIPPED']), 'COMPLETED', 1, [], []],
  [
    'a rejection cancels what is not decided',
    chain([1, 'REJECTED'], [1, 'PENDING'], [1, 'APPROVED'], [2, 'WAITING']),
    'REJECTED',
    1,
    [],
    [1, 3],
  ],
] as const)('%s', (_, stages, status, currentStageNumber, opens, cancels) => {
  const planned = planConsequence(stages, 1);
  expect(planned).toMatchObject({ status, currentStageNumber });
  expect([ids(planned.opens), ids(planned.cancels)]).toEqual([opens, cancels]);
});

test('any chain of approvals opens every number once, in order, and ends complete', () => {
  const numbers = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(numbers, fc.infiniteStream(fc.nat()), (given, choices) => {
      let stages = chain(...given.map((number): [number, WorkflowStageStatus] => [number, 'WAITING']));
      let planned = planConsequence(stages, 1);
      const opened: number[] = [];
      while (planned.status === 'IN_PROGRESS') {
        const { opens } = planned;
        if (opens.length > 0) opened.push(planned.currentStageNumber);
        stages = stages.map((stage) => (opens.includes(stage) ? { ...stage, status: 'PENDING' } : stage));
        const pending = stages.filter(({ status }) => status === 'PENDING');
        expect(pending.length).toBeGreaterThan(0);
        expect(pending.every(({ stageNumber }) => stageNumber === planned.currentStageNumber)).toBe(true);
        const choice: number = choices.next().value ?? 0;
        const decided = pending[choice % pending.length];
        stages = stages.map((stage) => (stage === decided ? { ...stage, status: 'APPROVED' } : stage));
        planned = planConsequence(stages, planned.currentStageNumber);
      }
      expect(planned.status).toBe('COMPLETED');
      expect(opened).toEqual([...new Set(given)].toSorted((a, b) => a - b));
    }),
  );
});
