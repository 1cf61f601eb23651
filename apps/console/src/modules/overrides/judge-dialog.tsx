import { isAppError } from '@apms/client';
import type { OverrideAction } from '@apms/validators';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ActionError } from '../../ui/action-error.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Field } from '../../ui/field.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { useRefreshReviews } from '../workflows/use-refresh-reviews.ts';
import { OverrideFacts } from './override-facts.tsx';
import { isParty, offersOfOverride } from './override-offers.ts';

export interface JudgeDialogProps {
  readonly overrideId: string;
  readonly onClose: () => void;
}

/** One override, and what its reader may make of it. */
export function JudgeDialog({ overrideId, onClose }: JudgeDialogProps) {
  const t = useTranslations('overrides');
  const tCommon = useTranslations('common');
  const toast = useToast();
  const { can, client, me, trpc } = useWorkspace();
  const refresh = useRefreshReviews();
  const { data: override, error } = useQuery(trpc.overrides.get.queryOptions({ overrideId }));
  const [comment, setComment] = useState('');
  const judge = useMutation({
    mutationFn: (judgement: OverrideAction) =>
      client.overrides[judgement].mutate({ overrideId, comment: comment.trim() === '' ? null : comment }),
    onSuccess: (_, judgement) => {
      toast(t(`judge.${judgement}.done`));
      onClose();
    },
    // Also after a refusal: somebody else may have been faster.
    onSettled: refresh,
  });
  const offers = override === undefined ? [] : offersOfOverride(override, { id: me.id, can });
  const isOwn = override !== undefined && isParty(override, me.id);
  return (
    <Dialog isOpen onClose={onClose} title={t('one')}>
      <div className="flex flex-col gap-4">
        {error !== null && <ErrorNote error={error} />}
        {override !== undefined && <OverrideFacts override={override} />}
        {isOwn && override.approvalStatus === 'PENDING' && can('overrides.approve') && (
          <p className="rounded-md bg-info-soft p-3 text-sm">{t('judge.notYours')}</p>
        )}
        {(offers.length > 0 || judge.error !== null) && (
          <>
            <Field label={tCommon('commentLabel')} isOptional>
              <textarea
                rows={2}
                maxLength={4_000}
                value={comment}
                onChange={({ target }) => setComment(target.value)}
              />
            </Field>
            {judge.error !== null && <JudgeError error={judge.error} />}
            <div className="flex flex-wrap justify-end gap-2">
              {offers.map((judgement) => (
                <Button
                  key={judgement}
                  look={judgement === 'approve' ? 'primary' : 'secondary'}
                  isBusy={judge.isPending && judge.variables === judgement}
                  disabled={judge.isPending}
                  onClick={() => judge.mutate(judgement)}
                >
                  {t(`judge.${judgement}.label`)}
                </Button>
              ))}
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}

function JudgeError({ error }: { readonly error: unknown }) {
  const t = useTranslations('overrides.judge');
  if (isAppError(error, 'OVERRIDE_SELF_APPROVED'))
    return (
      <p role="alert" className="rounded-md bg-bad-soft p-3 text-sm">
        {t(`selfApproved.${error.data.appError.as}`)}
      </p>
    );
  return <ActionError error={error} states="OverrideApprovalStatus" />;
}
