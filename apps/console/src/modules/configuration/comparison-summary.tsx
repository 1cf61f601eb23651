import type { ConfigChange, ConfigChangeCounts, ConfigRowKind } from '@apms/validators';
import { useFormatter, useTranslations } from 'use-intl';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { useValueOptions, useValueText } from '../../ui/use-value-text.ts';
import type { DifferenceFilters } from './comparison-query.ts';

export interface ComparisonSummaryProps {
  readonly summary: readonly ConfigChangeCounts[];
  readonly onFilter: (changed: DifferenceFilters) => void;
}

/** How many rows of each table differ and how; each figure narrows the list down to its rows. */
export function ComparisonSummary({ summary, onFilter }: ComparisonSummaryProps) {
  const t = useTranslations('configComparison');
  const valueText = useValueText();
  const changes = useValueOptions('ConfigChange');
  const sum = (change: ConfigChange) => summary.reduce((total, counts) => total + countOf(counts, change), 0);
  const figure = (kind: ConfigRowKind | undefined, change: ConfigChange, count: number) => (
    <td key={change} className="py-1 pl-2 text-right sm:pl-4">
      <Figure
        count={count}
        name={`${kind === undefined ? t('total') : valueText('ConfigRowKind', kind)}, ${valueText('ConfigChange', change)}`}
        onChoose={() => onFilter({ kind, change })}
      />
    </td>
  );
  return (
    <table className="w-full max-w-xl text-sm">
      <caption className="sr-only">{t('summary')}</caption>
      <thead className="text-quiet">
        <tr>
          <th scope="col" className="py-1 text-left font-medium">
            {t('kind')}
          </th>
          {changes.map(({ value, label }) => (
            <th key={value} scope="col" className="py-1 pl-2 text-right font-medium sm:pl-4">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {summary.map((counts) => (
          <tr key={counts.kind} className="border-t border-line">
            <th scope="row" className="py-1 text-left font-normal">
              {valueText('ConfigRowKind', counts.kind)}
            </th>
            {changes.map(({ value }) => figure(counts.kind, value, countOf(counts, value)))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="border-t-2 border-line font-semibold">
          <th scope="row" className="py-1 text-left font-semibold">
            {t('total')}
          </th>
          {changes.map(({ value }) => figure(undefined, value, sum(value)))}
        </tr>
      </tfoot>
    </table>
  );
}

function Figure(props: { readonly count: number; readonly name: string; readonly onChoose: () => void }) {
  const formatter = useFormatter();
  const { count, name, onChoose } = props;
  const text = formatter.number(count);
  if (count === 0) return <span className="text-quiet tabular-nums">{text}</span>;
  return (
    <button
      type="button"
      aria-label={`${name}: ${text}`}
      onClick={onChoose}
      className={`min-w-6 text-right tabular-nums ${textLinkLook}`}
    >
      {text}
    </button>
  );
}

function countOf({ added, removed, changed }: ConfigChangeCounts, change: ConfigChange): number {
  return { ADDED: added, REMOVED: removed, CHANGED: changed }[change];
}
