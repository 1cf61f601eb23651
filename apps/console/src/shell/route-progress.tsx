import { useRouterState } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';

/** A line below the frame's header while the next page is being read, if that takes longer than a blink. */
export function RouteProgress() {
  const t = useTranslations('common');
  const isLoading = useRouterState({ select: ({ status }) => status === 'pending' });
  if (!isLoading) return null;
  return (
    <div
      role="progressbar"
      aria-label={t('loading')}
      className="fixed inset-x-0 top-(--header-height) z-30 h-0.5 animate-late overflow-hidden print:hidden"
    >
      <div className="h-full w-1/3 animate-pass bg-accent" />
    </div>
  );
}
