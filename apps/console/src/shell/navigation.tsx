import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../session/use-workspace.ts';
import { sections } from './sections.ts';

/** The sections that the person may open. `onLeave` is told when one is chosen. */
export function Navigation({ onLeave }: { readonly onLeave?: () => void }) {
  const t = useTranslations('shell');
  const { workspace, can } = useWorkspace();
  return (
    <nav aria-label={t('navigation')}>
      <ul className="flex flex-col gap-0.5">
        {sections
          .filter(({ permission }) => permission === null || can(permission))
          .map(({ to, name, icon: Icon }) => (
            <li key={name}>
              <Link
                to={to}
                params={{ workspaceCode: workspace.code }}
                onClick={onLeave}
                className="flex min-h-9 items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm text-ink hover:bg-raised"
                activeProps={{ className: 'bg-accent-soft font-semibold' }}
              >
                <Icon aria-hidden className="size-4 shrink-0" />
                {t(`sections.${name}`)}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}
