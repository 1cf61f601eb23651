import { SearchX } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { DataTable, type DataTableProps } from './data-table.tsx';
import { EmptyState, type EmptyStateProps } from './empty-state.tsx';
import { isFiltered } from './is-filtered.ts';

interface Identified {
  readonly id: string;
}

export interface ListProps<Item extends Identified> extends Omit<DataTableProps<Item>, 'idOf'> {
  /** What narrows the list down. */
  readonly filters?: object;
  /** What is said where there is nothing, however wide one looks; absent where there always is something. */
  readonly empty?: EmptyStateProps;
}

/** What was found, or why nothing was. */
export function List<Item extends Identified>({ filters = {}, empty, ...table }: ListProps<Item>) {
  const t = useTranslations('common.nothingFits');
  if (table.rows.items.length > 0) return <DataTable {...table} idOf={idOf} />;
  if (empty !== undefined && !isFiltered(filters)) return <EmptyState {...empty} />;
  return <EmptyState icon={SearchX} title={t('title')} text={t('text')} />;
}

const idOf = ({ id }: Identified) => id;
