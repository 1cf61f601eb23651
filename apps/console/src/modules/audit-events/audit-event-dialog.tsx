import type { AuditEvent } from '@apms/validators';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Time } from '../../ui/time.tsx';
import type { AuditEventFilters } from './audit-events-query.ts';
import { EntityLink } from './entity-link.tsx';
import { useAuditWords } from './use-audit-words.ts';

export interface AuditEventDialogProps {
  readonly eventId: string;
  readonly onClose: () => void;
  /** Lists what fits, and nothing else. */
  readonly onFilter: (filters: AuditEventFilters) => void;
}

/** One event with everything that was recorded of it. */
export function AuditEventDialog({ eventId, onClose, onFilter }: AuditEventDialogProps) {
  const t = useTranslations('auditEvents');
  const tCommon = useTranslations('common');
  const { trpc } = useWorkspace();
  const { data: event, error } = useQuery(trpc.auditEvents.get.queryOptions({ auditEventId: eventId }));
  const { actionText } = useAuditWords();
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="large"
      title={event === undefined ? t('title') : actionText(event.action)}
    >
      {error !== null && <ErrorNote error={error} />}
      {event === undefined ? (
        error === null && <p role="status">{tCommon('loading')}</p>
      ) : (
        <EventFacts event={event} onFilter={onFilter} />
      )}
    </Dialog>
  );
}

function EventFacts({
  event,
  onFilter,
}: {
  readonly event: AuditEvent;
  readonly onFilter: AuditEventDialogProps['onFilter'];
}) {
  const t = useTranslations('auditEvents');
  const { entityText } = useAuditWords();
  const { actorId, entityType, entityId, requestId } = event;
  return (
    <div className="flex flex-col gap-4">
      <Facts>
        <Fact name={t('event.when')}>
          <Time value={event.createdAt} />
        </Fact>
        <Fact name={t('event.who')}>{event.actorName ?? t('system')}</Fact>
        <Fact name={t('event.action')}>
          <code className="text-sm">{event.action}</code>
        </Fact>
        <Fact name={t('event.which')}>
          {entityText(entityType)} {event.entityName} <EntityLink event={event} />
          <br />
          <Copyable text={entityId} label={t('event.copyEntity')} />
        </Fact>
        {requestId !== null && (
          <Fact name={t('event.request')}>
            <Copyable text={requestId} label={t('event.copyRequest')} />
          </Fact>
        )}
      </Facts>
      <section aria-labelledby="event-details">
        <h3 id="event-details" className="mb-1 text-sm text-quiet">
          {t('event.details')}
        </h3>
        {Object.keys(event.details).length === 0 ? (
          <p>{t('event.noDetails')}</p>
        ) : (
          <pre className="max-h-96 overflow-auto rounded-md bg-raised p-3 text-sm break-words whitespace-pre-wrap">
            {JSON.stringify(event.details, null, 2)}
          </pre>
        )}
      </section>
      <div className="flex flex-wrap justify-end gap-2">
        {actorId !== null && <Button onClick={() => onFilter({ actorId })}>{t('event.allOfActor')}</Button>}
        <Button onClick={() => onFilter({ entityType, entityId })}>{t('event.allOfIt')}</Button>
      </div>
    </div>
  );
}
