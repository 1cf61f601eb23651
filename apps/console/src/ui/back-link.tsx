import { createLink } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ComponentProps } from 'react';

/** Above a page's heading: the way to the list that it is part of. */
export const BackLink = createLink(function BackLink({ children, ...props }: ComponentProps<'a'>) {
  return (
    <a
      {...props}
      className="mb-2 inline-flex min-h-6 items-center gap-1.5 rounded text-sm font-medium text-accent hover:underline"
    >
      <ArrowLeft aria-hidden className="size-4" />
      {children}
    </a>
  );
});
