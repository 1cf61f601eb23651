import { Button as BaseButton } from '@base-ui/react/button';
import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

const base =
  'inline-flex min-h-9 items-center justify-center gap-2 rounded-md px-3 py-1.5 text-sm font-medium whitespace-nowrap select-none disabled:opacity-55 aria-disabled:opacity-55';

export const buttonLooks = {
  primary: `${base} bg-accent text-accent-ink hover:brightness-110`,
  secondary: `${base} border border-field-line bg-surface text-ink hover:bg-raised`,
  danger: `${base} bg-bad text-bad-ink hover:brightness-110`,
  ghost: `${base} text-ink hover:bg-raised`,
} as const;

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  readonly look?: keyof typeof buttonLooks;
  /** What was asked for is under way: the button says so and does nothing meanwhile. */
  readonly isBusy?: boolean;
  readonly icon?: ReactNode;
}

/** A button; `type="submit"` has to be said. Links that look like one take a class of `buttonLooks`. */
export function Button({
  look = 'secondary',
  isBusy = false,
  icon,
  disabled,
  children,
  ...props
}: ButtonProps) {
  return (
    <BaseButton
      type="button"
      {...props}
      className={buttonLooks[look]}
      disabled={disabled === true || isBusy}
      focusableWhenDisabled={isBusy}
      aria-busy={isBusy || undefined}
    >
      {isBusy ? <LoaderCircle aria-hidden className="size-4 animate-spin" /> : icon}
      {children}
    </BaseButton>
  );
}
