import { UpdateWorkspace } from '@apms/validators';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../session/use-workspace.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { useToast } from '../ui/use-toast.ts';

/** Gives the workspace of the page another name; its code, and so every address, stays. */
export function RenameWorkspaceDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('shell.rename');
  const tCommon = useTranslations('common');
  const toast = useToast();
  const router = useRouter();
  const { client, workspace } = useWorkspace();
  const form = useForm({
    resolver: zodResolver(UpdateWorkspace),
    defaultValues: { name: workspace.name },
  });
  const save = useMutation({
    mutationFn: (changed: UpdateWorkspace) => client.workspaces.update.mutate(changed),
    onSuccess: async () => {
      const { session } = router.options.context;
      await session.queryClient.invalidateQueries({ queryKey: ['me'], refetchType: 'all' });
      await router.invalidate();
      toast(tCommon('saved'));
      onClose();
    },
  });
  return (
    <Dialog isOpen onClose={onClose} title={t('title')} description={t('about', { code: workspace.code })}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => void form.handleSubmit((values) => save.mutate(values))(event)}
      >
        <Field label={t('name')} error={form.formState.errors.name?.message}>
          <input autoComplete="off" {...form.register('name')} />
        </Field>
        {save.error !== null && <ErrorNote error={save.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{tCommon('cancel')}</Button>
          <Button type="submit" look="primary" isBusy={save.isPending}>
            {tCommon('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
