import type { ConfigFinding } from '@apms/validators';
import type { useTranslations } from 'use-intl';
import { Copyable } from '../../ui/copyable.tsx';
import { type Column, columnsOf } from '../../ui/table-columns.ts';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { cellReference } from './cell-reference.ts';

/** A finding with its place in the list, which is all that it is known by. */
export interface NumberedFinding extends ConfigFinding {
  readonly id: string;
}

const { display } = columnsOf<NumberedFinding>();

export function findingColumns(
  t: ReturnType<typeof useTranslations<'configFindings'>>,
): Column<NumberedFinding>[] {
  return [
    display({
      id: 'severity',
      header: t('columns.severity'),
      cell: ({ row: { original: finding } }) => <ValueBadge set="FindingSeverity" value={finding.severity} />,
      meta: { width: 'w-24' },
    }),
    display({
      id: 'place',
      header: t('columns.place'),
      cell: ({ row: { original: finding } }) => <Place finding={finding} t={t} />,
      meta: { width: 'w-56', hideBelow: 'md' },
    }),
    display({
      id: 'finding',
      header: t('columns.finding'),
      cell: ({ row: { original: finding } }) => (
        <>
          <div className="md:hidden">
            <Place finding={finding} t={t} />
          </div>
          <p>{finding.reason}</p>
          <p className="font-mono text-xs text-quiet">{finding.code}</p>
        </>
      ),
    }),
    display({
      id: 'value',
      header: t('columns.value'),
      cell: ({ row: { original: finding } }) => finding.value,
      meta: { width: 'w-64', hideBelow: 'lg' },
    }),
  ];
}

function Place({
  finding,
  t,
}: {
  readonly finding: ConfigFinding;
  readonly t: ReturnType<typeof useTranslations<'configFindings'>>;
}) {
  const place = cellReference(finding);
  if (place === null) return <span className="text-quiet">{t('ofRows')}</span>;
  return <Copyable text={place} label={t('dialog.copy', { place })} />;
}
