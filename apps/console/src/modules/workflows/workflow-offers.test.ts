import { nextWorkflowStatus, WorkflowStatus } from '@apms/validators';
import { expect, test } from 'vitest';
import { offersOfWorkflow } from './workflow-offers.ts';

const actions = ['hold', 'resume', 'cancel'] as const;

test.each(WorkflowStatus.options)('a manager of one %s is offered what the API allows', (status) => {
  const allowed = actions.filter((action) => nextWorkflowStatus(status, action) !== null);
  expect(offersOfWorkflow(status, (permission) => permission === 'workflows.manage')).toEqual(allowed);
  expect(offersOfWorkflow(status, () => false)).toEqual([]);
});
