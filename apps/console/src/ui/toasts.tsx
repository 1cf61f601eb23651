import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from './icon-button.tsx';

/** Below it {@link useToast} can be used; shows what was said, for a few seconds. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Toast.Provider timeout={6_000}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-3 bottom-3 z-60 flex flex-col gap-2 sm:left-auto sm:w-96">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

/** Says in passing that something was done: `toast(t('saved'))`. What went wrong is said where it went wrong. */
export function useToast(): (text: string) => void {
  const { add } = Toast.useToastManager();
  return (text) => void add({ title: text });
}

function List() {
  const t = useTranslations('common');
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="flex items-center gap-2 rounded-lg bg-ink p-3 text-sm text-canvas shadow-lg"
    >
      <Toast.Content className="flex min-w-0 flex-1 items-center gap-2">
        <Toast.Title render={<p />} className="min-w-0 flex-1" />
        <Toast.Close render={<IconButton label={t('close')} icon={<X aria-hidden className="size-4" />} />} />
      </Toast.Content>
    </Toast.Root>
  ));
}
