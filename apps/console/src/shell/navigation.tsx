import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../session/use-workspace.ts';
import { sectionGroups, sections } from './sections.ts';

/** The sections that the person may open, below their headings. `onLeave` is told when one is chosen. */
export function Navigation({ onLeave }: { readonly onLeave?: () => void }) {
  const t = useTranslations('shell');
  const id = useId();
  const { workspace, can } = useWorkspace();
  const offered = sections.filter(({ permission }) => permission === null || can(permission));
  return (
    <nav aria-label={t('navigation')} className="flex flex-col gap-4">
      {sectionGroups
        .map((group) => ({ group, members: offered.filter((section) => section.group === group) }))
        .filter(({ members }) => members.length > 0)
        .map(({ group, members }) => (
          <div key={group}>
            <div
              id={`${id}-${group}`}
              className="px-2.5 pb-1 text-xs font-semibold tracking-wide text-quiet uppercase"
            >
              {t(`groups.${group}`)}
            </div>
            <ul aria-labelledby={`${id}-${group}`} className="flex flex-col gap-0.5">
              {members.map(({ to, name, icon: Icon }) => (
                <li key={name}>
                  <Link
                    to={to}
                    params={{ workspaceCode: workspace.code }}
                    onClick={onLeave}
                    className="flex min-h-9 items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm text-ink"
                    activeProps={{
                      className: 'bg-accent-soft font-semibold shadow-[inset_3px_0_0_var(--color-accent)]',
                    }}
                    inactiveProps={{ className: 'hover:bg-raised' }}
                  >
                    <Icon aria-hidden className="size-4 shrink-0" />
                    {t(`sections.${name}`)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
    </nav>
  );
}
