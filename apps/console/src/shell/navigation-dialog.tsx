import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '../ui/icon-button.tsx';
import { Navigation } from './navigation.tsx';

/** The navigation of a narrow screen, drawn over the page from its side. */
export function NavigationDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations();
  return (
    <BaseDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-black/50" />
        <BaseDialog.Popup className="fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] overflow-y-auto bg-surface p-3 shadow-xl outline-none">
          <div className="mb-2 flex items-center gap-2 pl-2.5">
            <BaseDialog.Title className="flex-1 font-semibold">{t('shell.sectionsTitle')}</BaseDialog.Title>
            <IconButton
              label={t('common.close')}
              icon={<X aria-hidden className="size-4" />}
              onClick={onClose}
            />
          </div>
          <Navigation onLeave={onClose} />
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
