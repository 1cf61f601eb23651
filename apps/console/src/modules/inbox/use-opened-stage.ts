import type { InboxTask } from '@apms/validators';
import { useNavigate, useParams, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { useWorkspace } from '../../session/use-workspace.ts';

const LIST = '/w/$workspaceCode/inbox';
const PAUSE_MS = 40;
const STAGE = '/w/$workspaceCode/inbox/$stageId';

/** Which stage is opened, by the address, and how to open others; on a wide screen it lies beside the list. */
export function useOpenedStage(isWide: boolean) {
  const { workspace } = useWorkspace();
  const workspaceCode = workspace.code;
  const { stageId } = useParams({ strict: false });
  const navigate = useNavigate();
  const router = useRouter();

  /** Opens a stage, or with null none. From one to the next there is no way back: the list is one step away. */
  const open = useCallback(
    (task: Pick<InboxTask, 'stageId'> | null) =>
      void navigate({
        ...(task === null
          ? { to: LIST, params: { workspaceCode } }
          : { to: STAGE, params: { workspaceCode, stageId: task.stageId } }),
        search: true,
        replace: stageId !== undefined,
        // On a narrow screen it is another page; beside the list it is not.
        resetScroll: !isWide,
      }),
    [navigate, workspaceCode, stageId, isWide],
  );
  /** Back to the list, where it was. */
  const leave = useCallback(
    () => (isWide || !router.history.canGoBack() ? open(null) : router.history.back()),
    [router, open, isWide],
  );
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Reads what opening the stage will show, unless another is near a moment later. */
  const near = useCallback(
    (task: InboxTask) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        void router.preloadRoute({
          to: STAGE,
          params: { workspaceCode, stageId: task.stageId },
          search: true,
        });
      }, PAUSE_MS);
    },
    [router, workspaceCode],
  );
  useEffect(() => () => clearTimeout(timer.current), []);
  return { stageId, open, leave, near };
}
