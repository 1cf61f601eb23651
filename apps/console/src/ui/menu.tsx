import { Menu as BaseMenu } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';

const popup = 'min-w-48 rounded-lg border border-line bg-surface p-1 text-sm shadow-lg outline-none';
const item =
  'flex min-h-9 cursor-pointer items-center gap-2 rounded px-2.5 py-1.5 select-none data-highlighted:bg-raised outline-none';

/** Actions behind a button. `trigger` is that button; the children are {@link MenuItem}s and {@link MenuGroup}s. */
export function Menu({
  trigger,
  children,
}: {
  readonly trigger: ReactElement;
  readonly children: ReactNode;
}) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={6} align="end" className="z-50">
          <BaseMenu.Popup className={popup}>{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

export interface MenuItemProps {
  readonly icon?: ReactNode;
  readonly onChoose?: () => void;
  /** A link that the item is. */
  readonly link?: ReactElement;
  readonly children: ReactNode;
}

export function MenuItem({ icon, onChoose, link, children }: MenuItemProps) {
  return (
    <BaseMenu.Item className={item} onClick={onChoose} {...(link !== undefined && { render: link })}>
      {icon}
      {children}
    </BaseMenu.Item>
  );
}

/** One of several values, of which one is chosen. */
export function MenuChoice<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChoose: (value: Value) => void;
}) {
  const { label, value, options, onChoose } = props;
  return (
    <BaseMenu.RadioGroup value={value} onValueChange={onChoose} aria-label={label}>
      <div aria-hidden className="px-2.5 pt-2 pb-1 text-xs font-semibold text-quiet">
        {label}
      </div>
      {options.map((option) => (
        <BaseMenu.RadioItem key={option.value} value={option.value} className={item}>
          <span className="w-4">
            <BaseMenu.RadioItemIndicator>✓</BaseMenu.RadioItemIndicator>
          </span>
          {option.label}
        </BaseMenu.RadioItem>
      ))}
    </BaseMenu.RadioGroup>
  );
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="my-1 border-t border-line" />;
}
