import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Tabs } from '../../ui/tabs.tsx';
import { useValueOptions } from '../../ui/use-value-text.ts';
import type { ItemFilters } from './items-query.ts';

type Status = NonNullable<ItemFilters['status']>;

export interface StatusTabsProps {
  readonly status: Status;
  /** Whether all states can be shown together. */
  readonly hasAll: boolean;
  readonly onSelect: (status: Status) => void;
  /** The items in the state. */
  readonly children: ReactNode;
}

/** The states of items, one at a time. */
export function StatusTabs({ status, hasAll, onSelect, children }: StatusTabsProps) {
  const t = useTranslations('punchlists');
  const states = useValueOptions('PunchlistItemStatus');
  const all = { value: 'all', label: t('allStates') } as const;
  return (
    <Tabs<Status>
      label={t('fields.status')}
      value={status}
      tabs={hasAll ? [all, ...states] : states}
      onSelect={onSelect}
    >
      {children}
    </Tabs>
  );
}
