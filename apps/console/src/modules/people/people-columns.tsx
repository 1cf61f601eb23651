import type { User } from '@apms/validators';
import { Link } from '@tanstack/react-router';
import type { useTranslations } from 'use-intl';
import { type Column, columnsOf } from '../../ui/table-columns.ts';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { Time } from '../../ui/time.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { RoleBadges } from './role-badges.tsx';

const { display } = columnsOf<User>();

export function peopleColumns(
  t: ReturnType<typeof useTranslations<'people'>>,
  workspaceCode: string,
): Column<User>[] {
  return [
    display({
      id: 'person',
      header: t('columns.person'),
      cell: ({ row: { original: person } }) => (
        <>
          <Link
            to="/w/$workspaceCode/people/$userId"
            params={{ workspaceCode, userId: person.id }}
            className={textLinkLook}
          >
            {person.name}
          </Link>
          <br />
          <span className="break-all text-quiet">{person.email}</span>
        </>
      ),
    }),
    display({
      id: 'roles',
      header: t('columns.roles'),
      cell: ({ row: { original: person } }) => <RoleBadges roles={person.roles} />,
    }),
    display({
      id: 'status',
      header: t('columns.status'),
      cell: ({ row: { original: person } }) => <ValueBadge set="UserStatus" value={person.status} />,
      meta: { width: 'w-40', hideBelow: 'sm' },
    }),
    display({
      id: 'since',
      header: t('columns.since'),
      cell: ({ row: { original: person } }) => <Time value={person.createdAt} format="date" />,
      meta: { width: 'w-36', hideBelow: 'lg' },
    }),
  ];
}
