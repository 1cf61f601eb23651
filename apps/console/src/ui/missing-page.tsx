import { isAppError } from '@apms/client';
import type { ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageError } from './page-error.tsx';

export interface MissingPageProps extends ErrorComponentProps {
  readonly title: string;
  /** Why it may be missing. */
  readonly text: string;
  /** Where to go instead. */
  readonly action: ReactNode;
}

/** For a route's `errorComponent`: what the address names does not exist (any more); other failures as ever. */
export function MissingPage({ title, text, action, ...failure }: MissingPageProps) {
  const { error } = failure;
  if (!isMissing(error)) return <PageError {...failure} />;
  return (
    <div className="mx-auto flex max-w-xl flex-col items-start gap-3 p-6">
      <title>{`${title} · APMS`}</title>
      <h1 className="text-xl font-semibold">{title}</h1>
      <p>{text}</p>
      {action}
    </div>
  );
}

/** An id of another shape is as little there as one that nobody has. */
function isMissing(error: unknown): boolean {
  return (['ENTITY_NOT_FOUND', 'REFERENCE_NOT_FOUND', 'INPUT_INVALID'] as const).some((code) =>
    isAppError(error, code),
  );
}
