import { AccountMenu } from './account-menu.tsx';
import { WorkspaceMenu } from './workspace-menu.tsx';

/** What the header offers at its right end. */
export function HeaderMenus() {
  return (
    <>
      <WorkspaceMenu />
      <AccountMenu />
    </>
  );
}
