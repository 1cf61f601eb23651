import type { StageAction } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Time } from '../../ui/time.tsx';
import { ValueText } from '../../ui/value-text.tsx';
import { ActionDocuments } from '../documents/action-documents.tsx';

/** Everything that happened to a stage, in order; opened when it is wanted. */
export function StageLog({ actions }: { readonly actions: readonly StageAction[] }) {
  const t = useTranslations('workflows');
  if (actions.length === 0) return null;
  const remarks = actions.filter(({ actionType }) => actionType === 'COMMENTED').length;
  return (
    <details className="mt-3 text-sm">
      <summary className="min-h-6 cursor-pointer text-quiet">
        {t('log', { count: actions.length, remarks })}
      </summary>
      <ol className="mt-2 flex flex-col gap-2">
        {actions.map((action) => (
          <li key={action.id} className="border-l-2 border-line pl-3">
            <p>
              <span className="font-medium">
                {action.details['held'] === true ? (
                  t('held')
                ) : (
                  <ValueText set="StageActionType" value={action.actionType} />
                )}
              </span>{' '}
              <span className="text-quiet">
                {action.actor?.name ?? t('system')} · <Time value={action.createdAt} />
              </span>
            </p>
            {action.comment !== null && <p className="break-words whitespace-pre-line">{action.comment}</p>}
            <ActionDocuments documents={action.documents} />
            {action.details['reason'] === 'BEFORE_RESUMPTION' && <p>{t('beforeResumption')}</p>}
            {action.details['reason'] === 'SEAT_EMPTY' && <p>{t('seatEmpty')}</p>}
          </li>
        ))}
      </ol>
    </details>
  );
}
