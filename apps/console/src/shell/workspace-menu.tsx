import { Link } from '@tanstack/react-router';
import { ChevronsUpDown, Pencil } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../session/use-workspace.ts';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';

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
      <Menu
        trigger={
          <button
            type="button"
            aria-label={t('switchWorkspace', { name: workspace.name })}
            className="flex min-h-9 max-w-56 min-w-0 items-center gap-2 rounded-md border border-line px-2.5 py-1 text-left text-sm hover:bg-raised"
          >
            <span className="min-w-0 flex-1 truncate font-medium">{workspace.name}</span>
            <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-quiet" />
          </button>
        }
      >
        {me.workspaces.map(({ id, code, name }) => (
          <MenuItem key={id} link={<Link to="/w/$workspaceCode" params={{ workspaceCode: code }} />}>
            <span aria-hidden className="w-4">
              {id === workspace.id ? '✓' : ''}
            </span>
            <span>
              {name} <span className="text-quiet">{code}</span>
            </span>
          </MenuItem>
        ))}
        {can('workspace.manage') && (
          <>
            <MenuSeparator />
            <MenuItem icon={<Pencil aria-hidden className="size-4" />} onChoose={() => setIsRenaming(true)}>
              {t('rename.open')}
            </MenuItem>
          </>
        )}
      </Menu>
      {isRenaming && (
        <Suspense>
          <RenameWorkspaceDialog onClose={() => setIsRenaming(false)} />
        </Suspense>
      )}
    </>
  );
}
