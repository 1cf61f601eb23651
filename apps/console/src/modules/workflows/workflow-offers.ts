import {
  isOffered,
  type Permission,
  type WorkflowAction,
  type WorkflowStatus,
  workflowTransitions,
} from '@apms/validators';

/** What a manager does with a whole workflow. */
export type ManagedAction = Extract<WorkflowAction, 'hold' | 'resume' | 'cancel'>;

/** What may be done with a whole workflow by somebody with these permissions, in order. */
export function offersOfWorkflow(
  status: WorkflowStatus,
  can: (permission: Permission) => boolean,
): ManagedAction[] {
  const actions: ManagedAction[] = ['hold', 'resume', 'cancel'];
  return actions.filter((action) => isOffered<WorkflowStatus>(workflowTransitions[action], status, can));
}
