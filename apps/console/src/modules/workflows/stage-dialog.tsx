import type { User, WorkflowTimeline } from '@apms/validators';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ActionError } from '../../ui/action-error.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { DecideDialog } from '../inbox/decide-dialog.tsx';
import { OverrideDialog } from '../overrides/override-dialog.tsx';
import { ApproverField } from './approver-field.tsx';
import type { AskedOfStage } from './stage-offers.ts';
import { useRefreshReviews } from './use-refresh-reviews.ts';

export interface StageDialogProps extends AskedOfStage {
  /** The review that it is a stage of. */
  readonly workflow: Pick<WorkflowTimeline, 'id' | 'site' | 'scopeCode'>;
  readonly onClose: () => void;
}

/** What is asked of a stage: to decide it, a comment, another approver, to pass it over, or an override. */
export function StageDialog({ stage, action, workflow, onClose }: StageDialogProps) {
  if (action === 'override') return <OverrideDialog stage={stage} onClose={onClose} />;
  if (action !== 'decide') return <StageActionDialog stage={stage} action={action} onClose={onClose} />;
  return <DecideStageDialog stage={stage} workflow={workflow} onClose={onClose} />;
}

function DecideStageDialog({ stage, workflow, onClose }: Omit<StageDialogProps, 'action'>) {
  const refresh = useRefreshReviews();
  const { id: stageId, stageNumber, roleCode } = stage;
  const { id: workflowId, scopeCode, site } = workflow;
  const { siteCode, name: siteName } = site;
  return (
    <DecideDialog
      stage={{ stageId, workflowId, stageNumber, roleCode, scopeCode, siteCode, siteName }}
      onDecided={() => {
        void refresh();
        onClose();
      }}
      onClose={onClose}
    />
  );
}

interface StageActionDialogProps {
  readonly stage: AskedOfStage['stage'];
  readonly action: Exclude<AskedOfStage['action'], 'decide' | 'override'>;
  readonly onClose: () => void;
}

function StageActionDialog({ stage, action, onClose }: StageActionDialogProps) {
  const t = useTranslations('workflows.stageActions');
  const tCommon = useTranslations('common');
  const toast = useToast();
  const { client } = useWorkspace();
  const refresh = useRefreshReviews();
  const [person, setPerson] = useState<User | null>(null);
  const [isPersonMissing, setIsPersonMissing] = useState(false);
  const { id: stageId, roleName } = stage;
  const act = useMutation<unknown, unknown, string>({
    mutationFn: (text) => {
      const { workflows } = client;
      if (action === 'comment') return workflows.comment.mutate({ stageId, comment: text });
      if (action === 'skip') return workflows.skip.mutate({ stageId, reason: text });
      return workflows.reassign.mutate({ stageId, toUserId: person?.id ?? '', reason: text });
    },
    onSuccess: () => {
      toast(t(`${action}.done`, { seat: roleName }));
      onClose();
    },
    // Also after a refusal: somebody else may have been faster.
    onSettled: refresh,
  });
  const isReassigning = action === 'reassign';
  return (
    <ReasonDialog
      title={t(`${action}.title`, { seat: roleName })}
      description={t(`${action}.description`)}
      confirmLabel={t(`${action}.label`)}
      label={tCommon(action === 'comment' ? 'commentLabel' : 'reasonLabel')}
      isBusy={act.isPending}
      check={() => {
        const isMissing = isReassigning && person === null;
        setIsPersonMissing(isMissing);
        return !isMissing;
      }}
      problem={act.error !== null && <ActionError error={act.error} states="WorkflowStageStatus" />}
      onConfirm={(text) => act.mutate(text ?? '')}
      onClose={onClose}
    >
      {isReassigning && (
        <ApproverField
          label={t('reassign.to')}
          error={isPersonMissing && person === null ? t('reassign.missing') : undefined}
          value={person}
          onSelect={setPerson}
        />
      )}
    </ReasonDialog>
  );
}
