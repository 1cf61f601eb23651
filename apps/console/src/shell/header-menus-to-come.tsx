import { useWorkspace } from '../session/use-workspace.ts';

/** In place of the menus until they are there, as large as they will be. */
export function HeaderMenusToCome() {
  const { workspace } = useWorkspace();
  return (
    <>
      <div className="flex min-h-9 max-w-56 items-center rounded-md border border-line px-2.5 py-1 pr-8.5 text-sm">
        <span className="truncate font-medium">{workspace.name}</span>
      </div>
      <div className="size-9 rounded-full bg-accent-soft" />
    </>
  );
}
