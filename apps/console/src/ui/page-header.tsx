import type { ReactNode } from 'react';

export interface PageHeaderProps {
  readonly title: ReactNode;
  /** One line below the title. */
  readonly about?: ReactNode;
  /** Beside the title: what can be done here. */
  readonly actions?: ReactNode;
}

/** The heading of a page; it also names the browser's tab when the title is a text. */
export function PageHeader({ title, about, actions }: PageHeaderProps) {
  return (
    <header className="mb-5 flex flex-wrap items-start gap-x-4 gap-y-3">
      {typeof title === 'string' && <title>{`${title} · APMS`}</title>}
      <div className="min-w-0 flex-1 basis-64">
        <h1 className="text-2xl font-semibold tracking-tight break-words">{title}</h1>
        {about !== undefined && <div className="mt-1 text-quiet">{about}</div>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}
