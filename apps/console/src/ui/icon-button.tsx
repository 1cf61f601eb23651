import { Button as BaseButton } from '@base-ui/react/button';
import type { ComponentProps, ReactNode } from 'react';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'children'> {
  /** What it does, for those who do not see the icon, and shown when pointed at. */
  readonly label: string;
  readonly icon: ReactNode;
}

/** A button that is an icon alone. */
export function IconButton({ label, icon, ...props }: IconButtonProps) {
  return (
    <BaseButton
      type="button"
      {...props}
      aria-label={label}
      title={label}
      className="inline-flex size-9 shrink-0 items-center justify-center rounded-md text-quiet hover:bg-raised hover:text-ink disabled:opacity-55"
    >
      {icon}
    </BaseButton>
  );
}
