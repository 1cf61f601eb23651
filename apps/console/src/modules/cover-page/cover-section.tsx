import { type ReactNode, useId } from 'react';

/** A part of the cover page with its heading. */
export function CoverSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-2 border-b border-black pb-1 text-base font-semibold break-after-avoid">
        {title}
      </h2>
      {children}
    </section>
  );
}
