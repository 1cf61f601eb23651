import type { Site } from '@apms/validators';
import type { useTranslations } from 'use-intl';
import { type Column, columnsOf } from '../../ui/table-columns.ts';
import { Time } from '../../ui/time.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';

const { display } = columnsOf<Site>();

export function siteColumns(t: ReturnType<typeof useTranslations<'sites'>>): Column<Site>[] {
  return [
    display({
      id: 'site',
      header: t('columns.site'),
      cell: ({ row: { original: site } }) => (
        <>
          <span className="font-medium">{site.siteCode}</span>
          <br />
          <span className="text-quiet">{site.name}</span>
        </>
      ),
    }),
    display({
      id: 'region',
      header: t('columns.region'),
      cell: ({ row: { original: site } }) =>
        [site.region, site.city].filter((place) => place !== null).join(', '),
      meta: { hideBelow: 'md' },
    }),
    display({
      id: 'cluster',
      header: t('columns.cluster'),
      cell: ({ row: { original: site } }) =>
        site.clusterCode ?? <span className="text-quiet">{t('noCluster')}</span>,
      meta: { hideBelow: 'sm' },
    }),
    display({
      id: 'status',
      header: t('columns.status'),
      cell: ({ row: { original: site } }) => <ValueBadge set="SiteStatus" value={site.status} />,
      meta: { width: 'w-28' },
    }),
    display({
      id: 'changed',
      header: t('columns.changed'),
      cell: ({ row: { original: site } }) => <Time value={site.updatedAt} />,
      meta: { width: 'w-48', hideBelow: 'lg' },
    }),
  ];
}
