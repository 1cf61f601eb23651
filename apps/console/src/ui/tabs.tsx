import { Tabs as BaseTabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

export interface TabsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly tabs: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly onSelect: (value: Value) => void;
  /** What the selected tab shows. */
  readonly children: ReactNode;
}

/** Parts of a page of which one is shown. Which one is the caller's to keep, in the address for one. */
export function Tabs<Value extends string>({ label, value, tabs, onSelect, children }: TabsProps<Value>) {
  return (
    <BaseTabs.Root value={value} onValueChange={(chosen: Value) => onSelect(chosen)}>
      <BaseTabs.List aria-label={label} className="mb-4 flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-px min-h-10 border-b-2 border-transparent px-3 py-2 text-sm font-medium whitespace-nowrap text-quiet -outline-offset-2 hover:text-ink data-active:border-accent data-active:text-ink"
          >
            {tab.label}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.value} value={tab.value} className="rounded outline-offset-4">
          {tab.value === value && children}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
