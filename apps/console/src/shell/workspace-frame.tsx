import { keepSession } from '@apms/client';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { Menu as MenuIcon } from 'lucide-react';
import { lazy, Suspense, useState, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { signInAsked } from '../session/ask-to-sign-in.ts';
import { useSamePerson } from '../session/use-same-person.ts';
import { useWorkspace } from '../session/use-workspace.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Navigation } from './navigation.tsx';
import { PageAnnouncer } from './page-announcer.tsx';
import { RouteProgress } from './route-progress.tsx';
import { WorkspaceMenu } from './workspace-menu.tsx';

// Dialogs are read when one is first opened: the page comes sooner without them.
const NavigationDialog = lazy(async () => ({
  default: (await import('./navigation-dialog.tsx')).NavigationDialog,
}));
const SessionEndedDialog = lazy(async () => ({
  default: (await import('../session/session-ended-dialog.tsx')).SessionEndedDialog,
}));

const HOUR_MS = 3_600_000;
const CONTENT = 'content';

/** What is around every page of a workspace. */
export function WorkspaceFrame() {
  const t = useTranslations('shell');
  const { me } = useWorkspace();
  // Calls of procedures prolong no cookie: whoever has the console open stays signed in.
  useQuery({
    queryKey: ['session'],
    queryFn: () => keepSession(location.origin),
    refetchInterval: HOUR_MS,
    staleTime: HOUR_MS,
  });
  useSamePerson();
  const [isOpen, setIsOpen] = useState(false);
  const isSignInAsked = useSyncExternalStore(signInAsked.subscribe, signInAsked.get);
  return (
    <>
      <a
        href={`#${CONTENT}`}
        className="sr-only rounded-md bg-accent p-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60"
      >
        {t('skip')}
      </a>
      <header className="sticky top-0 z-20 flex h-(--header-height) items-center gap-3 border-b border-line bg-surface px-3 sm:px-5 print:hidden">
        <span className="md:hidden">
          <IconButton
            label={t('openNavigation')}
            icon={<MenuIcon aria-hidden className="size-5" />}
            onClick={() => setIsOpen(true)}
          />
        </span>
        <Link to="/" className="flex items-center gap-2 rounded font-semibold">
          <img src="/icon.svg" alt="" className="size-7" />
          <span className="max-sm:sr-only">APMS</span>
        </Link>
        <div className="flex-1" />
        <WorkspaceMenu />
        <AccountMenu />
        <RouteProgress />
      </header>
      <PageAnnouncer contentId={CONTENT} />
      <div className="mx-auto flex min-h-[calc(100dvh-var(--header-height))] max-w-(--page-width)">
        <aside className="hidden w-56 shrink-0 border-r border-line md:block print:hidden">
          <div className="sticky top-(--header-height) max-h-[calc(100dvh-var(--header-height))] overflow-y-auto p-3">
            <Navigation />
          </div>
        </aside>
        <main id={CONTENT} tabIndex={-1} className="min-w-0 flex-1 p-4 outline-none sm:p-6 print:p-0">
          <Outlet />
        </main>
      </div>
      <Suspense>
        {isOpen && <NavigationDialog onClose={() => setIsOpen(false)} />}
        {isSignInAsked && <SessionEndedDialog email={me.email} />}
      </Suspense>
    </>
  );
}
