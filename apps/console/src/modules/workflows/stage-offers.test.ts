import {
  isDispensable,
  nextStageStatus,
  nextWorkflowStatus,
  type Permission,
  WorkflowStageStatus,
  WorkflowStatus,
} from '@apms/validators';
import { describe, expect, test } from 'vitest';
import { offersOfStage, type StageAction } from './stage-offers.ts';

const approver = { id: 'approver', name: 'Somebody' };
const other = { id: 'other', status: 'WAITING' } as const;

function offers(
  stage: { readonly status: WorkflowStageStatus; readonly isRequired: boolean },
  { status, stages = [other] }: { status: WorkflowStatus; stages?: (typeof other)[] },
  id: string,
  ...permissions: Permission[]
): StageAction[] {
  const asked = { id: 'stage', approver, ...stage };
  const can = (permission: Permission) => permissions.includes(permission);
  return offersOfStage(asked, { status, stages: [asked, ...stages] }, { id, can });
}

const pairs = WorkflowStatus.options.flatMap((status) =>
  WorkflowStageStatus.options.map((stageStatus) => ({ status, stageStatus })),
);

describe.each(pairs)('a stage $stageStatus of a workflow $status', ({ status, stageStatus }) => {
  const stage = { status: stageStatus, isRequired: false };

  test('is decided, reassigned and skipped exactly where the API allows it', () => {
    const may = (action: 'decide' | 'reassign' | 'skip', move: 'approve' | 'reassign' | 'skip') =>
      nextWorkflowStatus(status, action) !== null && nextStageStatus(stageStatus, move) !== null;
    expect(offers(stage, { status }, approver.id, 'workflows.decide')).toEqual(
      may('decide', 'approve') ? ['decide'] : [],
    );
    expect(offers(stage, { status }, 'manager', 'workflows.manage')).toEqual([
      ...(may('reassign', 'reassign') ? ['reassign'] : []),
      ...(may('skip', 'skip') ? ['skip'] : []),
    ]);
  });

  test.each([
    { isRequired: true, stages: [other] },
    { isRequired: false, stages: [] },
  ])('is not passed over where it is required or the only one to approve', ({ isRequired, stages }) => {
    expect(isDispensable({ id: 'stage', isRequired }, stages)).toBe(false);
    expect(offers({ ...stage, isRequired }, { status, stages }, 'manager', 'workflows.manage')).not.toContain(
      'skip',
    );
  });

  test('is decided by its approver alone, and by nobody without permission', () => {
    expect(offers(stage, { status }, 'other', 'workflows.decide')).toEqual([]);
    expect(offers(stage, { status }, approver.id)).toEqual([]);
  });
});

test('an undecided stage of a running workflow can have an override, and any a comment', () => {
  const pending = { status: 'PENDING', isRequired: true } as const;
  expect(offers(pending, { status: 'ON_HOLD' }, 'other', 'overrides.request', 'workflows.comment')).toEqual([
    'comment',
    'override',
  ]);
  const decided = { status: 'APPROVED', isRequired: true } as const;
  expect(offers(decided, { status: 'COMPLETED' }, 'other', 'overrides.request', 'workflows.comment')).toEqual(
    ['comment'],
  );
});
