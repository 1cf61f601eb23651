import type { WorkflowTimeline } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Time } from '../../ui/time.tsx';
import { ValueText } from '../../ui/value-text.tsx';

/** One seat as a box for a signature: who decided what, and when. */
export function CoverStage({ stage }: { readonly stage: WorkflowTimeline['stages'][number] }) {
  const t = useTranslations('coverPage');
  const { status, decidedAt, comment, approver } = stage;
  const decider = stage.actions.find(({ actionType }) => actionType === status)?.actor ?? null;
  const isResumed = stage.actions.some(({ details }) => details['reason'] === 'BEFORE_RESUMPTION');
  return (
    <li className="flex min-h-24 break-inside-avoid flex-col rounded border border-black p-2">
      <p className="flex justify-between gap-2">
        <span className="font-semibold">
          {stage.stageNumber}. {stage.roleName}
        </span>
        <span className="shrink-0 font-semibold">
          <ValueText set="WorkflowStageStatus" value={status} />
        </span>
      </p>
      {comment !== null && <p className="text-xs break-words">{comment}</p>}
      {isResumed && <p className="text-xs">{t('decidedBefore')}</p>}
      <div className="mt-auto border-t border-black pt-1">
        {decidedAt !== null ? (
          <p className="flex flex-wrap justify-between gap-x-3">
            <span className="font-serif text-lg italic">{decider?.name ?? approver?.name}</span>
            <span className="self-end text-xs">
              {t('signedElectronically')} <Time value={decidedAt} />
            </span>
          </p>
        ) : (
          <p className="text-xs">{approver?.name}</p>
        )}
      </div>
    </li>
  );
}
