import { signOut } from '@apms/client';
import { Link } from '@tanstack/react-router';
import { CircleUser, LogOut } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { leaveWorkspaces } from '../session/enter-workspace.ts';
import { useWorkspace } from '../session/use-workspace.ts';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../ui/menu.tsx';
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
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t('shell.account', { name: me.name })}
          className="inline-flex size-9 items-center justify-center rounded-full bg-accent-soft text-sm font-semibold hover:brightness-95"
        >
          {initialsOf(me.name)}
        </button>
      }
    >
      <div aria-hidden className="max-w-64 px-2.5 py-1.5">
        <div className="truncate font-semibold">{me.name}</div>
        <div className="truncate text-quiet">{me.email}</div>
      </div>
      <MenuSeparator />
      <MenuItem
        icon={<CircleUser aria-hidden className="size-4" />}
        link={<Link to="/w/$workspaceCode/account" params={{ workspaceCode: workspace.code }} />}
      >
        {t('shell.yourAccount')}
      </MenuItem>
      <MenuSeparator />
      <MenuChoice
        label={t('shell.theme.label')}
        value={theme}
        options={themes.map((value) => ({ value, label: t(`shell.theme.${value}`) }))}
        onChoose={choose}
      />
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden className="size-4" />} onChoose={() => void leave()}>
        {t('session.signOut')}
      </MenuItem>
    </Menu>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return [words.at(0), words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.at(0)?.toUpperCase() ?? '')
    .join('');
}
