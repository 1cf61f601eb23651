import type { AuditEvent } from '@apms/validators';
import type { useTranslations } from 'use-intl';
import { type Column, columnsOf } from '../../ui/table-columns.ts';
import { Time } from '../../ui/time.tsx';
import { ActionText } from './action-text.tsx';
import { EntityText } from './entity-text.tsx';

const { display } = columnsOf<AuditEvent>();

export function auditEventColumns(
  t: ReturnType<typeof useTranslations<'auditEvents'>>,
): Column<AuditEvent>[] {
  return [
    display({
      id: 'when',
      header: t('columns.when'),
      cell: ({ row: { original: event } }) => <Time value={event.createdAt} />,
      meta: { width: 'w-48', hideBelow: 'md' },
    }),
    display({
      id: 'what',
      header: t('columns.what'),
      cell: ({ row: { original: event } }) => (
        <>
          <ActionText action={event.action} />
          <span className="block text-quiet md:hidden">
            <Time value={event.createdAt} />
          </span>
        </>
      ),
    }),
    display({
      id: 'which',
      header: t('columns.which'),
      cell: ({ row: { original: event } }) => <EntityText event={event} />,
      meta: { hideBelow: 'sm' },
    }),
    display({
      id: 'who',
      header: t('columns.who'),
      cell: ({ row: { original: event } }) =>
        event.actorName ?? <span className="text-quiet">{t('system')}</span>,
    }),
  ];
}
