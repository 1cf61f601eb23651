import type { ConfigDifference } from '@apms/validators';
import type { useTranslations } from 'use-intl';
import { type Column, columnsOf } from '../../ui/table-columns.ts';
import type { useValueText } from '../../ui/use-value-text.ts';
import { ValueBadge } from '../../ui/value-badge.tsx';
import type { ComparedRow } from './comparison-query.ts';
import { fieldsOf, type useRowText } from './use-row-text.ts';

export interface DifferenceTexts {
  readonly t: ReturnType<typeof useTranslations<'configComparison'>>;
  readonly text: ReturnType<typeof useRowText>;
  readonly valueText: ReturnType<typeof useValueText>;
}

const { display } = columnsOf<ComparedRow>();

export function differenceColumns(texts: DifferenceTexts): Column<ComparedRow>[] {
  const { t, text, valueText } = texts;
  return [
    display({
      id: 'change',
      header: t('columns.change'),
      cell: ({ row: { original: difference } }) => (
        <ValueBadge set="ConfigChange" value={difference.change} />
      ),
      meta: { width: 'w-28' },
    }),
    display({
      id: 'row',
      header: t('columns.row'),
      cell: ({ row: { original: difference } }) => (
        <>
          <span className="text-quiet">{valueText('ConfigRowKind', difference.kind)}</span>
          <br />
          <span className="font-medium">{keyText(difference, text)}</span>
          <div className="mt-1 sm:hidden">
            <Details difference={difference} texts={texts} />
          </div>
        </>
      ),
    }),
    display({
      id: 'details',
      header: t('columns.details'),
      cell: ({ row: { original: difference } }) => <Details difference={difference} texts={texts} />,
      meta: { width: 'w-1/2', hideBelow: 'sm' },
    }),
  ];
}

/** The natural key; in that of a policy no vendor is any. */
function keyText({ key }: ConfigDifference, text: DifferenceTexts['text']): string {
  return key.map((part) => (part === '' ? text.value('vendorCode', null) : part)).join(' · ');
}

function Details({
  difference,
  texts,
}: {
  readonly difference: ConfigDifference;
  readonly texts: DifferenceTexts;
}) {
  const { t, text } = texts;
  const { before, after, change, changedFields } = difference;
  if (change !== 'CHANGED') {
    const said = fieldsOf(after ?? before ?? {}).filter(([, value]) => value !== null);
    return (
      <p className="text-quiet">
        {said.map(([field, value]) => `${text.name(field)}: ${text.value(field, value)}`).join(' · ')}
      </p>
    );
  }
  const former = new Map(fieldsOf(before ?? {}));
  const latter = new Map(fieldsOf(after ?? {}));
  return (
    <ul>
      {changedFields.map((field) => (
        <li key={field}>
          <span className="text-quiet">{text.name(field)}: </span>
          <span className="sr-only">{t('was')} </span>
          <del className="text-bad">{text.value(field, former.get(field))}</del>
          <span aria-hidden> → </span>
          <span className="sr-only">, {t('now')} </span>
          <ins className="text-good no-underline">{text.value(field, latter.get(field))}</ins>
        </li>
      ))}
    </ul>
  );
}
