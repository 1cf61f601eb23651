import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

/**
 * Says the title of each page that is gone to, and puts the focus on its content, where a new document would have it.
 * What keeps the focus in the content, as a list beside its details, is left alone.
 */
export function PageAnnouncer({ contentId }: { readonly contentId: string }) {
  const router = useRouter();
  const [title, setTitle] = useState('');
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        if (fromLocation === undefined || !pathChanged) return;
        setTitle(document.title);
        const content = document.getElementById(contentId);
        // A dialog over the page has the focus to itself, and gives it back.
        const isElsewhere = document.activeElement?.closest('[role="dialog"]') === null;
        if (content !== null && isElsewhere && !content.contains(document.activeElement)) {
          content.focus({ preventScroll: true });
        }
      }),
    [router, contentId],
  );
  return (
    <p role="status" className="sr-only">
      {title}
    </p>
  );
}
