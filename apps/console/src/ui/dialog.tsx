import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from './icon-button.tsx';

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly size?: 'small' | 'large';
  /** Nothing but an answer closes it: neither Escape nor a click beside it, and it has no cross. */
  readonly isBinding?: boolean;
  readonly children: ReactNode;
}

const widths = { small: 'sm:max-w-lg', large: 'sm:max-w-3xl' } as const;

/** Asks for something before the rest of the page can be used; the whole screen on a phone. */
export function Dialog({
  isOpen,
  onClose,
  title,
  description,
  size = 'small',
  isBinding = false,
  children,
}: DialogProps) {
  const t = useTranslations('common');
  const [opener, setOpener] = useState<Element | null>(null);
  if (isOpen && opener === null) setOpener(document.activeElement);
  if (!isOpen && opener !== null) setOpener(null);
  return (
    <BaseDialog.Root
      open={isOpen}
      disablePointerDismissal={isBinding}
      onOpenChange={(open, details) => {
        if (open) return;
        if (isBinding) details.cancel();
        else onClose();
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-black/50" />
        <BaseDialog.Popup
          finalFocus={() => placeAfter(opener)}
          className={`fixed inset-x-0 bottom-0 z-50 max-h-dvh overflow-y-auto rounded-t-xl bg-surface p-5 shadow-xl sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:max-h-[90dvh] sm:w-full sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl ${widths[size]}`}
        >
          <div className="mb-3 flex items-start gap-3">
            <BaseDialog.Title className="min-w-0 flex-1 text-lg font-semibold">{title}</BaseDialog.Title>
            {!isBinding && (
              <IconButton label={t('close')} icon={<X aria-hidden className="size-4" />} onClick={onClose} />
            )}
          </div>
          {description !== undefined && (
            <BaseDialog.Description className="mb-4 text-quiet">{description}</BaseDialog.Description>
          )}
          {children}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

/** What opened the dialog; when that is gone meanwhile, the row of the list that took its place, or the page. */
function placeAfter(opener: Element | null): HTMLElement | null {
  if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) return opener;
  return (
    document.querySelector<HTMLElement>('[role="grid"] tr[tabindex="0"]') ??
    document.querySelector<HTMLElement>('#content')
  );
}
