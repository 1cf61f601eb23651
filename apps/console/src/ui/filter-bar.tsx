import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';

export interface FilterBarProps {
  readonly isFiltered: boolean;
  readonly onClear: () => void;
  readonly children: ReactNode;
}

/** The filters of a list, in a row that wraps. */
export function FilterBar({ isFiltered, onClear, children }: FilterBarProps) {
  const t = useTranslations('common');
  return (
    <search className="mb-4 flex flex-wrap items-end gap-3">
      {children}
      {isFiltered && (
        <Button look="ghost" icon={<X aria-hidden className="size-4" />} onClick={onClear}>
          {t('clearFilters')}
        </Button>
      )}
    </search>
  );
}
