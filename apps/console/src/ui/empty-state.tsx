import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** Why there is nothing, and what to do. */
  readonly text: ReactNode;
  readonly action?: ReactNode;
}

/** Where a list has nothing to show. */
export function EmptyState({ icon: Icon, title, text, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-lg border border-dashed border-line px-6 py-12 text-center">
      <Icon aria-hidden className="size-8 text-quiet" />
      <h2 className="text-base font-semibold">{title}</h2>
      <p className="max-w-prose text-quiet">{text}</p>
      {action}
    </div>
  );
}
