import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WorkflowStageStatus, WorkflowStatus } from './workflow.ts';
import {
  isDispensable,
  nextStageStatus,
  nextWorkflowStatus,
  stageTransitions,
  workflowTransitions,
} from './workflow-transitions.ts';

type Row<Status> = readonly [from: Status, outcomes: Readonly<Record<string, Status>>];

const workflowRows: readonly Row<WorkflowStatus>[] = [
  [
    'IN_PROGRESS',
    {
      decide: 'IN_PROGRESS',
      complete: 'COMPLETED',
      reject: 'REJECTED',
      skip: 'IN_PROGRESS',
      reassign: 'IN_PROGRESS',
      hold: 'ON_HOLD',
      cancel: 'CANCELLED',
    },
  ],
  ['ON_HOLD', { reassign: 'ON_HOLD', resume: 'IN_PROGRESS', cancel: 'CANCELLED' }],
  ['COMPLETED', {}],
  ['REJECTED', {}],
  ['CANCELLED', {}],
];

const stageRows: readonly Row<WorkflowStageStatus>[] = [
  ['WAITING', { open: 'PENDING', reassign: 'WAITING', skip: 'SKIPPED', cancel: 'CANCELLED' }],
  [
    'PENDING',
    {
      approve: 'APPROVED',
      approveWithPunchlist: 'APPROVED_WITH_PUNCHLIST',
      reject: 'REJECTED',
      reassign: 'PENDING',
      skip: 'SKIPPED',
      cancel: 'CANCELLED',
    },
  ],
  ['APPROVED', {}],
  ['APPROVED_WITH_PUNCHLIST', {}],
  ['REJECTED', {}],
  ['SKIPPED', {}],
  ['CANCELLED', {}],
];

const keysOf = <Key extends string>(object: Readonly<Record<Key, unknown>>): Key[] =>
  Object.keys(object).filter((key): key is Key => key in object);

describe('each action in each status', () => {
  test.each(workflowRows)('workflow %s', (from, outcomes) => {
    for (const action of keysOf(workflowTransitions)) {
      expect([action, nextWorkflowStatus(from, action)]).toEqual([action, outcomes[action] ?? null]);
    }
  });

  test.each(stageRows)('stage %s', (from, outcomes) => {
    for (const action of keysOf(stageTransitions)) {
      expect([action, nextStageStatus(from, action)]).toEqual([action, outcomes[action] ?? null]);
    }
  });

  test('the tables name every status', () => {
    expect(workflowRows.map(([from]) => from)).toEqual(WorkflowStatus.options);
    expect(stageRows.map(([from]) => from)).toEqual(WorkflowStageStatus.options);
  });
});

test('what has ended stays as it is, whatever is tried', () => {
  const actions = fc.array(fc.constantFrom(...keysOf(workflowTransitions)), { maxLength: 20 });
  fc.assert(
    fc.property(actions, (tried) => {
      let status: WorkflowStatus = 'IN_PROGRESS';
      const afterTheEnd: (WorkflowStatus | null)[] = [];
      for (const action of tried) {
        const next = nextWorkflowStatus(status, action);
        if (status !== 'IN_PROGRESS' && status !== 'ON_HOLD') afterTheEnd.push(next);
        status = next ?? status;
      }
      expect(afterTheEnd.filter((next) => next !== null)).toEqual([]);
    }),
  );
});

test.each<[boolean, WorkflowStageStatus, boolean]>([
  [false, 'WAITING', true],
  [false, 'APPROVED', true],
  [false, 'SKIPPED', false],
  [true, 'WAITING', false],
])('a stage, required: %j, beside one that is %s, may be passed over: %j', (isRequired, status, expected) => {
  const stage = { id: 'a', isRequired, status: 'PENDING' } as const;
  expect(isDispensable(stage, [stage, { id: 'b', status }])).toBe(expected);
  expect(isDispensable(stage, [stage])).toBe(false);
});
