import type { ListedPunchlistItem } from '@apms/validators';
import { Link } from '@tanstack/react-router';
import type { useTranslations } from 'use-intl';
import { type Column, columnsOf } from '../../ui/table-columns.ts';
import { Time } from '../../ui/time.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';

const { display } = columnsOf<ListedPunchlistItem>();

export function itemColumns(
  t: ReturnType<typeof useTranslations<'punchlists'>>,
  workspaceCode: string,
): Column<ListedPunchlistItem>[] {
  return [
    display({
      id: 'item',
      header: t('fields.item'),
      cell: ({ row: { original: item } }) => (
        <>
          <Link
            to="/w/$workspaceCode/punchlists/$punchlistId"
            params={{ workspaceCode, punchlistId: item.punchlistId }}
            hash={item.id}
            className="font-medium underline-offset-2 hover:underline"
          >
            {item.itemCode}
          </Link>
          <br />
          {item.description}
        </>
      ),
    }),
    display({
      id: 'severity',
      header: t('fields.severity'),
      cell: ({ row: { original: item } }) => <ValueBadge set="PunchlistItemSeverity" value={item.severity} />,
      meta: { width: 'w-24' },
    }),
    display({
      id: 'status',
      header: t('fields.status'),
      cell: ({ row: { original: item } }) => <ValueBadge set="PunchlistItemStatus" value={item.status} />,
      meta: { width: 'w-36', hideBelow: 'sm' },
    }),
    display({
      id: 'place',
      header: t('fields.place'),
      cell: ({ row: { original: item } }) => (
        <>
          {item.siteCode}
          <br />
          <span className="text-quiet">{item.submissionNumber}</span>
        </>
      ),
      meta: { width: 'w-48', hideBelow: 'md' },
    }),
    display({
      id: 'changed',
      header: t('fields.changed'),
      cell: ({ row: { original: item } }) => <Time value={item.updatedAt} />,
      meta: { width: 'w-48', hideBelow: 'lg' },
    }),
  ];
}
