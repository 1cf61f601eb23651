import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

/** What few readers need: a line that opens. */
export function Fold({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className="group">
      <summary className="flex min-h-8 cursor-pointer list-none items-center gap-1.5 rounded text-sm font-medium text-accent">
        <ChevronRight aria-hidden className="size-4 shrink-0 group-open:rotate-90" />
        {title}
      </summary>
      <div className="pt-2">{children}</div>
    </details>
  );
}
