import type { IntegrityAudit } from '@apms/validators';
import type { useFormatter, useTranslations } from 'use-intl';
import { type Column, columnsOf } from '../../ui/table-columns.ts';
import { Time } from '../../ui/time.tsx';
import type { useDuration } from '../../ui/use-duration.ts';
import type { useValueText } from '../../ui/use-value-text.ts';
import { ValueBadge } from '../../ui/value-badge.tsx';

const { display } = columnsOf<IntegrityAudit>();

export interface AuditColumnsTexts {
  readonly t: ReturnType<typeof useTranslations<'integrity.history'>>;
  readonly formatter: ReturnType<typeof useFormatter>;
  readonly valueText: ReturnType<typeof useValueText>;
  readonly duration: ReturnType<typeof useDuration>;
}

export function auditColumns({
  t,
  formatter,
  valueText,
  duration,
}: AuditColumnsTexts): Column<IntegrityAudit>[] {
  return [
    display({
      id: 'when',
      header: t('columns.when'),
      cell: ({ row: { original: audit } }) => <Time value={audit.startedAt} />,
      meta: { width: 'w-48' },
    }),
    display({
      id: 'health',
      header: t('columns.health'),
      cell: ({ row: { original: audit } }) => <ValueBadge set="IntegrityHealth" value={audit.health} />,
    }),
    display({
      id: 'orphans',
      header: t('columns.orphans'),
      cell: ({ row: { original: audit } }) => formatter.number(Number(audit.orphansTotal)),
      meta: { align: 'right', hideBelow: 'sm' },
    }),
    display({
      id: 'checks',
      header: t('columns.checks'),
      cell: ({ row: { original: audit } }) => formatter.number(audit.checksFailed),
      meta: { align: 'right', hideBelow: 'lg' },
    }),
    display({
      id: 'duration',
      header: t('columns.duration'),
      cell: ({ row: { original: audit } }) => duration(audit.durationMs),
      meta: { align: 'right', hideBelow: 'md' },
    }),
    display({
      id: 'origin',
      header: t('columns.origin'),
      cell: ({ row: { original: audit } }) => (
        <>
          {valueText('IntegrityOrigin', audit.origin)}
          {audit.requestedByName !== null && <span className="text-quiet">, {audit.requestedByName}</span>}
        </>
      ),
      meta: { hideBelow: 'sm' },
    }),
  ];
}
