import type { ConfigRow, ConfigVersionDetails } from '@apms/validators';
import { Table2, X } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { valuesOf } from '../../messages/values-of.ts';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { List } from '../../ui/list.tsx';
import { noFilters } from '../../ui/no-filters.ts';
import { usePagedRows } from '../../ui/paged-rows.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { useValueOptions, useValueText } from '../../ui/use-value-text.ts';
import { cellReference } from './cell-reference.ts';
import { rowColumns } from './row-columns.tsx';
import { type RowFilters, rowsQuery } from './rows-query.ts';
import type { Seat } from './seat.ts';
import { SeatButtons } from './seat-buttons.tsx';
import { useRowText } from './use-row-text.ts';

const RowDialog = lazy(async () => ({ default: (await import('./row-dialog.tsx')).RowDialog }));
const SeatDialog = lazy(async () => ({ default: (await import('./seat-dialog.tsx')).SeatDialog }));

export interface RowsTabProps {
  readonly version: ConfigVersionDetails;
  readonly filters: RowFilters;
  readonly onFilter: (changed: RowFilters) => void;
}

/** What a version holds, table by table. */
export function RowsTab({ version, filters, onFilter }: RowsTabProps) {
  const t = useTranslations('configRows');
  const { can, ...api } = useWorkspace();
  const text = useRowText();
  const valueText = useValueText();
  const kinds = useValueOptions('ConfigRowKind');
  const { kind = 'policies', ...narrowing } = filters;
  const { search, sourceSheet, sourceRow } = narrowing;
  const rows = usePagedRows(rowsQuery(api, version.id, filters));
  // The texts do not change while the page is shown.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const columns = useMemo(() => rowColumns(kind, text), [kind]);
  const [opened, setOpened] = useState<ConfigRow | null>(null);
  const [seat, setSeat] = useState<Seat | null>(null);
  const place = cellReference({ sheet: sourceSheet ?? null, row: sourceRow ?? null, column: null });
  return (
    <>
      <FilterBar filters={narrowing} onFilter={onFilter}>
        <div className="w-full sm:w-56">
          <Field label={t('kind')}>
            <select
              value={kind}
              onChange={({ target }) =>
                onFilter({
                  ...noFilters(narrowing),
                  kind: valuesOf('ConfigRowKind').find((one) => one === target.value),
                })
              }
            >
              {kinds.map(({ value, label }) => (
                <option key={value} value={value}>
                  {t('counted', { name: label, count: version.counts[value] })}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <SearchField
          label={t('search')}
          value={search}
          onSearch={(searched) => onFilter({ search: searched })}
        />
        {place !== null && (
          <Button
            icon={<X aria-hidden className="size-4" />}
            aria-label={`${t('from', { place })}: ${t('removePlace')}`}
            title={t('removePlace')}
            onClick={() => onFilter({ sourceSheet: undefined, sourceRow: undefined })}
          >
            {t('from', { place })}
          </Button>
        )}
      </FilterBar>
      <List
        key={kind}
        label={t('label', { kind: valueText('ConfigRowKind', kind) })}
        columns={columns}
        rows={rows}
        onOpen={setOpened}
        filters={narrowing}
        empty={{ icon: Table2, title: t('empty.title'), text: t('empty.text') }}
      />
      {opened !== null && (
        <Suspense>
          <RowDialog row={opened} onClose={() => setOpened(null)}>
            {version.status === 'DRAFT' && can('config.edit') && (
              <SeatButtons
                configVersionId={version.id}
                row={opened}
                onChoose={(chosen) => {
                  setOpened(null);
                  setSeat(chosen);
                }}
              />
            )}
          </RowDialog>
        </Suspense>
      )}
      {seat !== null && (
        <Suspense>
          <SeatDialog configVersionId={version.id} seat={seat} onClose={() => setSeat(null)} />
        </Suspense>
      )}
    </>
  );
}
