import type { SubmissionEvent } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Panel } from '../../ui/panel.tsx';
import { Time } from '../../ui/time.tsx';
import { ValueText } from '../../ui/value-text.tsx';

/** What happened to the submission, the latest first. */
export function HistoryPanel({ history }: { readonly history: readonly SubmissionEvent[] }) {
  const t = useTranslations('submissions');
  return (
    <Panel title={t('history')}>
      <ol className="flex flex-col gap-3 text-sm">
        {history.toReversed().map((event) => (
          <li key={`${event.at}-${event.action}-${event.to}`} className="border-l-2 border-line pl-3">
            <p>
              <span className="font-medium">{t(`events.${eventOf(event.action)}`)}</span>{' '}
              {event.actorName ?? t('system')}
            </p>
            <p className="text-quiet">
              <Time value={event.at} />
              {event.to !== null && event.from !== event.to && (
                <>
                  {' · '}
                  <ValueText set="SubmissionStatus" value={event.to} />
                </>
              )}
              {event.revisionNumber !== null && ` · ${t('revision', { number: event.revisionNumber })}`}
            </p>
            {event.comment !== null && (
              <p className="mt-1 break-words whitespace-pre-line">{event.comment}</p>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

const known = [
  'create',
  'attachDocument',
  'detachDocument',
  'submit',
  'acceptQa',
  'returnQa',
  'approve',
  'approveWithPunchlist',
  'reject',
  'resubmit',
  'complete',
  'cancel',
] as const;

/** Which of the events that there are words for it is. */
function eventOf(action: string): (typeof known)[number] | 'other' {
  return known.find((event) => action === `submissions.${event}`) ?? 'other';
}
