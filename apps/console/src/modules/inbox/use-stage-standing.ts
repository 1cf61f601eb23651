import type { StageOfWorkflow } from '@apms/validators';
import { useQuery } from '@tanstack/react-query';
import { useWorkspace } from '../../session/use-workspace.ts';
import { stageQuery } from './inbox-query.ts';

/** Whether somebody can decide a stage, and why not. */
export type StageStanding =
  | { readonly kind: 'mine' }
  | { readonly kind: 'settled'; readonly stage: StageOfWorkflow }
  | { readonly kind: 'somebodyElses'; readonly stage: StageOfWorkflow }
  | { readonly kind: 'onHold'; readonly stage: StageOfWorkflow };

/** How a stage stands for the person now; theirs until the API says otherwise. Looked at anew whenever the inbox changes. */
export function useStageStanding(stageId: string): StageStanding {
  const { me, trpc } = useWorkspace();
  const { data } = useQuery(stageQuery({ trpc }, stageId));
  return data === undefined ? { kind: 'mine' } : standingOf(data, me.id);
}

export function standingOf(stage: StageOfWorkflow, userId: string): StageStanding {
  // Waiting ones have not opened yet: for whoever looks, they are nobody's to decide.
  if (stage.status !== 'PENDING') return { kind: 'settled', stage };
  if (stage.approver?.id !== userId) return { kind: 'somebodyElses', stage };
  // The clock stands still while the workflow is on hold.
  return stage.slaDueAt === null ? { kind: 'onHold', stage } : { kind: 'mine' };
}
