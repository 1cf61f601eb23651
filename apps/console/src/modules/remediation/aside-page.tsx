import type { QuarantinedRow } from '@apms/validators';
import { ArchiveRestore } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { Button } from '../../ui/button.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { List } from '../../ui/list.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { SelectFilter } from '../../ui/select-filter.tsx';
import type { Selection } from '../../ui/table-columns.ts';
import { asideColumns } from './aside-columns.tsx';
import { type AsideFilters, asideQuery } from './aside-query.ts';
import { RowDialog } from './row-dialog.tsx';

// Dialogs are read when one is first opened.
const RestoreDialog = lazy(async () => ({ default: (await import('./restore-dialog.tsx')).RestoreDialog }));

/** The API takes no more at once. */
const MOST = 500;

export interface AsidePageProps {
  readonly filters: AsideFilters;
  readonly onFilter: (changed: AsideFilters) => void;
}

/** Rows that were set aside: looked at, and brought back. */
export function AsidePage({ filters, onFilter }: AsidePageProps) {
  const t = useTranslations('remediation.aside');
  const tCommon = useTranslations('common');
  const tRemediation = useTranslations('remediation');
  const api = useWorkspace();
  const rows = usePagedRows(asideQuery(api, filters));
  const columns = useMemo(() => asideColumns(t), [t]);
  const [selection, setSelection] = useState<Selection>({});
  const [opened, setOpened] = useState<QuarantinedRow | null>(null);
  const [isRestoring, setIsRestoring] = useState(false);
  const states = (['ASIDE', 'RESTORED'] as const).map((value) => ({ value, label: t(`states.${value}`) }));
  const aside = rows.items.filter(({ restoredAt }) => restoredAt === null);
  const chosen = aside.filter(({ id }) => selection[id]);
  const steps = new Set(chosen.map(stepOf));
  const companions = aside.filter((row) => !selection[row.id] && steps.has(stepOf(row)));
  const reset = () => {
    setSelection({});
    setIsRestoring(false);
  };
  return (
    <>
      <BackLink to="/w/$workspaceCode/integrity" params={{ workspaceCode: api.workspace.code }}>
        {tRemediation('toIntegrity')}
      </BackLink>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          <Button
            look="primary"
            icon={<ArchiveRestore aria-hidden className="size-4" />}
            disabled={chosen.length === 0 || chosen.length > MOST}
            onClick={() => setIsRestoring(true)}
          >
            {t('restore')}
          </Button>
        }
      />
      <FilterBar filters={filters} onFilter={onFilter}>
        <SearchField
          label={t('filters.key')}
          value={filters.constraintName}
          onSearch={(constraintName) => onFilter({ constraintName })}
        />
        <SelectFilter
          label={t('filters.state')}
          value={filters.state}
          options={states}
          onSelect={(state) => onFilter({ state })}
        />
      </FilterBar>
      {rows.items.length > 0 && (
        <p role="status" className="mb-2 text-sm text-quiet">
          {chosen.length > MOST
            ? tRemediation('tooMany', { most: MOST })
            : tCommon('selected', { count: chosen.length })}
        </p>
      )}
      <List
        label={t('label')}
        columns={columns}
        rows={rows}
        nameOf={({ table, rowId }) => `${table} ${rowId}`}
        selection={selection}
        onSelectionChange={setSelection}
        onOpen={setOpened}
        filters={filters}
        empty={{ icon: ArchiveRestore, title: t('emptyTitle'), text: t('emptyText') }}
      />
      {opened !== null && (
        <RowDialog
          rowId={opened.rowId}
          row={opened.row}
          about={opened.reason}
          onClose={() => setOpened(null)}
        />
      )}
      {isRestoring && (
        <Suspense>
          <RestoreDialog
            rows={chosen}
            companions={companions}
            onChooseCompanions={() =>
              setSelection({ ...selection, ...Object.fromEntries(companions.map(({ id }) => [id, true])) })
            }
            onClose={() => setIsRestoring(false)}
            onDone={reset}
          />
        </Suspense>
      )}
    </>
  );
}

/** Rows that were set aside together have it in common. */
function stepOf({ auditId, constraintName, quarantinedAt }: QuarantinedRow): string {
  return `${auditId} ${constraintName} ${quarantinedAt}`;
}
