import { Link, Outlet } from '@tanstack/react-router';
import { Menu as MenuIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { SessionEndedDialog } from '../session/session-ended-dialog.tsx';
import { useWorkspace } from '../session/use-workspace.ts';
import { Dialog } from '../ui/dialog.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Navigation } from './navigation.tsx';
import { WorkspaceMenu } from './workspace-menu.tsx';

/** What is around every page of a workspace. */
export function WorkspaceFrame() {
  const t = useTranslations('shell');
  const { me } = useWorkspace();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <a
        href="#content"
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
      </header>
      <div className="mx-auto flex max-w-(--page-width)">
        <aside className="sticky top-(--header-height) hidden h-[calc(100dvh-var(--header-height))] w-56 shrink-0 overflow-y-auto border-r border-line p-3 md:block print:hidden">
          <Navigation />
        </aside>
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 p-4 outline-none sm:p-6 print:p-0">
          <Outlet />
        </main>
      </div>
      <Dialog isOpen={isOpen} onClose={() => setIsOpen(false)} title={t('navigation')}>
        <Navigation onLeave={() => setIsOpen(false)} />
      </Dialog>
      <SessionEndedDialog email={me.email} />
    </>
  );
}
