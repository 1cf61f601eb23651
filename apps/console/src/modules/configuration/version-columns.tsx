import type { ConfigVersion } from '@apms/validators';
import type { useTranslations } from 'use-intl';
import { Badge } from '../../ui/badge.tsx';
import { type Column, columnsOf } from '../../ui/table-columns.ts';
import { Time } from '../../ui/time.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { VersionLink } from './version-link.tsx';

const { display } = columnsOf<ConfigVersion>();

export function versionColumns(
  t: ReturnType<typeof useTranslations<'configuration'>>,
): Column<ConfigVersion>[] {
  return [
    display({
      id: 'version',
      header: t('columns.version'),
      cell: ({ row: { original: version } }) => (
        <div className="flex flex-col gap-1">
          <VersionLink version={version} />
          {version.isRollback && (
            <span>
              <Badge tone="info">{t('rollback')}</Badge>
            </span>
          )}
          <span className="text-quiet sm:hidden">{version.sourceFileName}</span>
          {version.notes !== null && <span className="text-quiet">{version.notes}</span>}
        </div>
      ),
    }),
    display({
      id: 'status',
      header: t('columns.status'),
      cell: ({ row: { original: version } }) => (
        <div className="flex flex-wrap gap-1.5">
          <ValueBadge set="ConfigVersionStatus" value={version.status} />
          <span className="md:hidden">
            <ValueBadge set="ValidationStatus" value={version.validationStatus} />
          </span>
        </div>
      ),
      meta: { width: 'w-28' },
    }),
    display({
      id: 'validation',
      header: t('columns.validation'),
      cell: ({ row: { original: version } }) => (
        <ValueBadge set="ValidationStatus" value={version.validationStatus} />
      ),
      meta: { width: 'w-32', hideBelow: 'md' },
    }),
    display({
      id: 'file',
      header: t('columns.file'),
      cell: ({ row: { original: version } }) => version.sourceFileName,
      meta: { hideBelow: 'sm' },
    }),
    display({
      id: 'imported',
      header: t('columns.imported'),
      cell: ({ row: { original: version } }) => (
        <>
          <Time value={version.importedAt} />
          <br />
          <span className="text-quiet">{t('byPerson', { name: version.importedByName })}</span>
        </>
      ),
      meta: { width: 'w-48', hideBelow: 'lg' },
    }),
    display({
      id: 'activated',
      header: t('columns.activated'),
      cell: ({ row: { original: version } }) =>
        version.activatedAt === null ? (
          <span className="text-quiet">{t('neverActive')}</span>
        ) : (
          <Time value={version.activatedAt} />
        ),
      meta: { width: 'w-48', hideBelow: 'xl' },
    }),
  ];
}
