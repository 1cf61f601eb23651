import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useErrorText } from './use-error-text.ts';

/** What went wrong with what the reader just asked for, beside it; read out at once. */
export function ErrorNote({ error, children }: { readonly error: unknown; readonly children?: ReactNode }) {
  const errorText = useErrorText();
  return (
    <div role="alert" className="flex gap-2 rounded-md bg-bad-soft p-3 text-sm text-ink">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0 flex-1">
        <p className="break-words">{errorText(error)}</p>
        {children}
      </div>
    </div>
  );
}
