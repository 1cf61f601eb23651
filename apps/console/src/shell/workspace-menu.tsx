import { Link } from '@tanstack/react-router';
import { ChevronsUpDown, Pencil } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../session/use-workspace.ts';
import { Popover, PopoverSeparator, popoverItem } from '../ui/popover.tsx';

// With its schemas, when it is first opened.
const RenameWorkspaceDialog = lazy(async () => ({
  default: (await import('./rename-workspace-dialog.tsx')).RenameWorkspaceDialog,
}));

/** Which workspace the page is of, the way to the others, and another name for it. */
export function WorkspaceMenu() {
  const t = useTranslations('shell');
  const { me, workspace, can } = useWorkspace();
  const [isRenaming, setIsRenaming] = useState(false);
  return (
    <>
      <Popover
        label={t('switchWorkspace', { name: workspace.name })}
        look="flex min-h-9 max-w-56 min-w-0 items-center gap-2 rounded-md border border-line px-2.5 py-1 text-left text-sm hover:bg-raised"
        face={
          <>
            <span className="min-w-0 flex-1 truncate font-medium">{workspace.name}</span>
            <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-quiet" />
          </>
        }
      >
        <ul>
          {me.workspaces.map(({ id, code, name }) => (
            <li key={id}>
              <Link
                to="/w/$workspaceCode"
                params={{ workspaceCode: code }}
                className={popoverItem}
                aria-current={id === workspace.id ? 'true' : undefined}
              >
                <span aria-hidden className="w-4">
                  {id === workspace.id ? '✓' : ''}
                </span>
                <span>
                  {name} <span className="text-quiet">{code}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
        {can('workspace.manage') && (
          <>
            <PopoverSeparator />
            <button type="button" onClick={() => setIsRenaming(true)} className={popoverItem}>
              <Pencil aria-hidden className="size-4" />
              {t('rename.open')}
            </button>
          </>
        )}
      </Popover>
      {isRenaming && (
        <Suspense>
          <RenameWorkspaceDialog onClose={() => setIsRenaming(false)} />
        </Suspense>
      )}
    </>
  );
}
