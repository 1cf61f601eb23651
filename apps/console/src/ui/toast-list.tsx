import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from './icon-button.tsx';
import type { Said } from './toast-queue.ts';

export function ToastList({ said }: { readonly said: readonly Said[] }) {
  return (
    <Toast.Provider timeout={6_000}>
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-3 bottom-3 z-60 flex flex-col gap-2 sm:left-auto sm:w-96">
          <List said={said} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List({ said }: { readonly said: readonly Said[] }) {
  const t = useTranslations('common');
  const { toasts, add } = Toast.useToastManager();
  const shown = useRef(0);
  useEffect(() => {
    for (const { text } of said.slice(shown.current)) add({ title: text });
    shown.current = said.length;
  }, [said, add]);
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
