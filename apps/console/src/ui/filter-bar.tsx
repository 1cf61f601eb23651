import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { isFiltered } from './is-filtered.ts';
import { noFilters } from './no-filters.ts';

export interface FilterBarProps {
  /** What the list is narrowed down by. */
  readonly filters: object;
  /** Takes them away. */
  readonly onFilter: (changed: Readonly<Record<string, undefined>>) => void;
  readonly children: ReactNode;
}

/** The filters of a list, in a row that wraps. */
export function FilterBar({ filters, onFilter, children }: FilterBarProps) {
  const t = useTranslations('common');
  return (
    <search className="mb-4 flex flex-wrap items-end gap-3">
      {children}
      {isFiltered(filters) && (
        <Button
          look="ghost"
          icon={<X aria-hidden className="size-4" />}
          onClick={({ currentTarget }) => {
            onFilter(noFilters(filters));
            // The button goes with the filters: whoever pressed it goes on at the first of them.
            currentTarget.closest('search')?.querySelector<HTMLElement>('input, select')?.focus();
          }}
        >
          {t('clearFilters')}
        </Button>
      )}
    </search>
  );
}
