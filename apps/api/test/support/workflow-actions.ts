import type { Workflow } from '@apms/validators';
import { insertSites } from './configuration.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { TestApi } from './start-api.ts';

/** What tests do with workflows, in the name of whoever may. */
export interface WorkflowActions {
  /** On a site of its own. */
  start(scopeCode?: string): Promise<Workflow>;
  again(workflow: Workflow): Promise<Workflow>;
  approve(seat: keyof Lifecycle['approvers'], workflow: Workflow): Promise<unknown>;
}

export function workflowActions(api: TestApi, { control, approvers }: Lifecycle): WorkflowActions {
  return {
    start: async (scopeCode = 'RAN') => {
      const [siteId = ''] = await insertSites(api, 1);
      return await control.workflows.start.mutate({
        siteId,
        scopeCode,
        atpCategory: 'HARDWARE',
        vendorCode: 'V-1',
      });
    },
    again: ({ id }) => control.workflows.get.query({ workflowId: id }),
    approve: (seat, workflow) =>
      approvers[seat].workflows.decide.mutate({ stageId: idOf(workflow, seat), decision: 'APPROVE' }),
  };
}

/** The stage of a seat. */
export function idOf(workflow: Workflow, roleCode: string): string {
  return workflow.stages.find((stage) => stage.roleCode === roleCode)?.id ?? '';
}

/** What an illegal transition is refused with. */
export function illegal(entity: string, id: string, from: string, action: string) {
  return { code: 'TRANSITION_ILLEGAL', entity, id, from, action };
}
