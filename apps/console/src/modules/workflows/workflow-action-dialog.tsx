import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ActionError } from '../../ui/action-error.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { useRefreshReviews } from './use-refresh-reviews.ts';
import type { ManagedAction } from './workflow-offers.ts';

export interface WorkflowActionDialogProps {
  readonly workflowId: string;
  readonly action: ManagedAction;
  readonly onClose: () => void;
}

/** Holds, resumes or ends a whole workflow. */
export function WorkflowActionDialog({ workflowId, action, onClose }: WorkflowActionDialogProps) {
  const t = useTranslations('workflows');
  const tCommon = useTranslations('common');
  const toast = useToast();
  const { client } = useWorkspace();
  const refresh = useRefreshReviews();
  const act = useMutation({
    mutationFn: (reason: string | null) =>
      action === 'resume'
        ? client.workflows.resume.mutate({ workflowId, comment: reason })
        : client.workflows[action].mutate({ workflowId, reason: reason ?? '' }),
    onSuccess: () => {
      toast(t(`actions.${action}.done`));
      onClose();
    },
    // Also after a refusal: somebody else may have been faster.
    onSettled: refresh,
  });
  return (
    <ReasonDialog
      title={t(`actions.${action}.title`)}
      description={t(`actions.${action}.description`)}
      confirmLabel={t(`actions.${action}.label`)}
      label={tCommon(action === 'resume' ? 'commentLabel' : 'reasonLabel')}
      isOptional={action === 'resume'}
      isDangerous={action === 'cancel'}
      isBusy={act.isPending}
      problem={act.error !== null && <ActionError error={act.error} states="WorkflowStatus" />}
      onConfirm={act.mutate}
      onClose={onClose}
    />
  );
}
