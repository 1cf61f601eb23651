import { signOut } from '@apms/client';
import { Link } from '@tanstack/react-router';
import { CircleUser, LogOut } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { leaveWorkspaces } from '../session/enter-workspace.ts';
import { useWorkspace } from '../session/use-workspace.ts';
import { Popover, PopoverSeparator, popoverItem } from '../ui/popover.tsx';
import { applyTheme, keepTheme, readTheme, type Theme, themes } from './theme.ts';

/** The person's own things: account, theme, signing out. */
export function AccountMenu() {
  const t = useTranslations();
  const { me, workspace } = useWorkspace();
  const [theme, setTheme] = useState(readTheme);

  function choose(chosen: Theme): void {
    setTheme(chosen);
    applyTheme(chosen);
    keepTheme(chosen);
  }

  async function leave(): Promise<void> {
    await signOut(location.origin);
    leaveWorkspaces();
    // A new document: nothing of this person stays in memory.
    location.assign('/sign-in');
  }

  return (
    <Popover
      label={t('shell.account', { name: me.name })}
      look="inline-flex size-9 items-center justify-center rounded-full bg-accent-soft text-sm font-semibold hover:brightness-95"
      face={initialsOf(me.name)}
    >
      <div className="max-w-64 px-2.5 py-1.5">
        <div className="truncate font-semibold">{me.name}</div>
        <div className="truncate text-quiet">{me.email}</div>
      </div>
      <PopoverSeparator />
      <Link to="/w/$workspaceCode/account" params={{ workspaceCode: workspace.code }} className={popoverItem}>
        <CircleUser aria-hidden className="size-4" />
        {t('shell.yourAccount')}
      </Link>
      <PopoverSeparator />
      <fieldset>
        <legend className="px-2.5 pt-2 pb-1 text-xs font-semibold text-quiet">
          {t('shell.theme.label')}
        </legend>
        {themes.map((value) => (
          <label key={value} className={popoverItem}>
            <input
              type="radio"
              name="theme"
              checked={value === theme}
              onChange={() => choose(value)}
              className="size-4 accent-accent"
            />
            {t(`shell.theme.${value}`)}
          </label>
        ))}
      </fieldset>
      <PopoverSeparator />
      <button type="button" onClick={() => void leave()} className={popoverItem}>
        <LogOut aria-hidden className="size-4" />
        {t('session.signOut')}
      </button>
    </Popover>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return [words.at(0), words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.at(0)?.toUpperCase() ?? '')
    .join('');
}
