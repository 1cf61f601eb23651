import type { ConfigVersionDetails } from '@apms/validators';
import { useMutation } from '@tanstack/react-query';
import { useWorkspace } from '../../session/use-workspace.ts';
import { useToast } from '../../ui/use-toast.ts';

export interface VersionDialogProps {
  readonly version: ConfigVersionDetails;
  readonly onClose: () => void;
}

export interface Transition<Input, Result> {
  readonly run: (input: Input) => Promise<Result>;
  /** Before what was read is read anew. */
  readonly onDone: (result: Result) => string | Promise<string>;
}

/**
 * Brings a version from one state to another and has everything read anew that depends on it, after a failure too: then
 * somebody else was faster, and the page behind the dialog shows what is so now. `onDone` gives what is said in passing.
 */
export function useTransition<Result, Input = void>({ run, onDone }: Transition<Input, Result>) {
  const toast = useToast();
  const { queryClient, trpc } = useWorkspace();
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.configVersions.pathFilter()),
      queryClient.invalidateQueries(trpc.workflows.preview.pathFilter()),
    ]);
  return useMutation({
    mutationFn: run,
    onSuccess: async (result) => {
      toast(await onDone(result));
      await refresh();
    },
    onError: () => void refresh(),
  });
}
