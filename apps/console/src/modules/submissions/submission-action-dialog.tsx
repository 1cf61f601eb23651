import type { Submission, SubmissionDetails } from '@apms/validators';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { RoutingPreview } from './routing-preview.tsx';
import { SubmissionError } from './submission-error.tsx';
import { type OfferedAction, submissionOffers } from './submission-offers.ts';

export interface SubmissionActionDialogProps {
  readonly submission: SubmissionDetails;
  readonly action: OfferedAction;
  /** Whether files for it are still on their way. */
  readonly isUploading: boolean;
  readonly onClose: () => void;
}

/** Asks before a submission goes on, with a comment where others will want one. */
export function SubmissionActionDialog(props: SubmissionActionDialogProps) {
  const { submission, action, isUploading, onClose } = props;
  const t = useTranslations('submissions');
  const toast = useToast();
  const { client, queryClient, trpc } = useWorkspace();
  const { id: submissionId, submissionNumber } = submission;
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.submissions.pathFilter()),
      queryClient.invalidateQueries(trpc.workflows.pathFilter()),
      queryClient.invalidateQueries(trpc.punchlists.pathFilter()),
    ]);
  const act = useMutation({
    mutationFn: (comment: string): Promise<Submission> => {
      const { submissions } = client;
      if (action === 'returnQa' || action === 'cancel') {
        return submissions[action].mutate({ submissionId, comment });
      }
      return submissions[action].mutate({ submissionId });
    },
    onSuccess: () => {
      toast(t(`actions.${action}.done`, { submissionNumber }));
      onClose();
    },
    // Also after a refusal: somebody else may have been faster.
    onSettled: refresh,
  });
  const { isDangerous, comment } = submissionOffers[action];
  const asked = {
    title: t(`actions.${action}.title`, { submissionNumber }),
    description: t(`actions.${action}.description`),
    confirmLabel: t(`actions.${action}.label`),
    isDangerous,
    isBusy: act.isPending,
    onClose,
  };
  const problem = act.error !== null && <SubmissionError error={act.error} />;
  if (comment === 'required') {
    return (
      <ReasonDialog
        {...asked}
        label={t('comment')}
        problem={problem}
        onConfirm={(text) => act.mutate(text ?? '')}
      />
    );
  }
  // What goes to QA goes with the files that were chosen for it.
  const isTooEarly = isUploading && (action === 'submit' || action === 'resubmit');
  return (
    <ConfirmDialog {...asked} isOpen isDisabled={isTooEarly} onConfirm={() => act.mutate('')}>
      {isTooEarly && (
        <p role="status" className="rounded-md bg-info-soft p-3 text-sm">
          {t('uploading')}
        </p>
      )}
      {action === 'acceptQa' && <RoutingPreview request={requestOf(submission)} />}
      {problem}
    </ConfirmDialog>
  );
}

function requestOf({ siteId, scopeCode, vendorCode, atpCategory }: SubmissionDetails) {
  return { siteId, scopeCode, vendorCode, atpCategory };
}
