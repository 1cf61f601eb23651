import { isAppError } from '@apms/client';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ActionError } from '../../ui/action-error.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { useRefreshReviews } from '../workflows/use-refresh-reviews.ts';
import type { AskedOfItem } from './item-offers.ts';
import { useEvidence } from './use-evidence.tsx';

/** Takes a defect one step on, or back. */
export function ItemDialog({ item, action, onClose }: AskedOfItem & { readonly onClose: () => void }) {
  const t = useTranslations('punchlists');
  const toast = useToast();
  const { client } = useWorkspace();
  const refresh = useRefreshReviews();
  const evidence = useEvidence();
  const { id: itemId, itemCode } = item;
  const act = useMutation({
    mutationFn: (comment: string | null) => {
      const { punchlists } = client;
      if (action === 'rectify') {
        return punchlists.rectify.mutate({ itemId, comment, evidenceDocumentId: evidence.documentId });
      }
      if (action === 'reopen') return punchlists.reopen.mutate({ itemId, comment: comment ?? '' });
      return punchlists[action].mutate({ itemId, comment });
    },
    onSuccess: () => {
      toast(t(`actions.${action}.done`, { code: itemCode }));
      onClose();
    },
    // Also after a refusal: somebody else may have been faster.
    onSettled: refresh,
  });
  return (
    <ReasonDialog
      title={t(`actions.${action}.of`, { code: itemCode })}
      description={item.description}
      confirmLabel={t(`actions.${action}.label`)}
      label={t(action === 'reopen' ? 'why' : 'comment')}
      isOptional={action !== 'reopen'}
      isBusy={act.isPending}
      problem={act.error !== null && <ItemError error={act.error} />}
      onConfirm={act.mutate}
      onClose={onClose}
      {...(action === 'rectify' && { check: evidence.check })}
    >
      {action === 'rectify' && evidence.field}
    </ReasonDialog>
  );
}

function ItemError({ error }: { readonly error: unknown }) {
  const t = useTranslations('punchlists.error');
  if (isAppError(error, 'EVIDENCE_REQUIRED')) return <Alert text={t('evidenceRequired')} />;
  if (isAppError(error, 'ITEM_NOT_YOURS')) return <Alert text={t('notYours')} />;
  return <ActionError error={error} states="PunchlistItemStatus" />;
}

function Alert({ text }: { readonly text: string }) {
  return (
    <p role="alert" className="rounded-md bg-bad-soft p-3 text-sm">
      {text}
    </p>
  );
}
