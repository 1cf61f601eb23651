import type { CreatedApiKey } from '@apms/validators';
import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '../../ui/button.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Dialog } from '../../ui/dialog.tsx';

export interface NewApiKeyProps {
  readonly apiKey: CreatedApiKey;
  readonly onClose: () => void;
}

/** A new key, which is shown this once: nothing but the answer that it was kept closes it. */
export function NewApiKey({ apiKey: { name, key }, onClose }: NewApiKeyProps) {
  const t = useTranslations('apiKeys.made');
  return (
    <Dialog isOpen isBinding onClose={onClose} title={t('title', { name })}>
      <div className="flex flex-col gap-4">
        <p role="alert" className="flex gap-2 rounded-md bg-warn-soft p-3 text-sm">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
          {t(key === null ? 'lost' : 'warning')}
        </p>
        {key !== null && (
          <div className="rounded-md border border-line bg-raised p-2">
            <Copyable text={key} label={t('copy')} />
          </div>
        )}
        <p className="text-sm text-quiet">{t('use')}</p>
        <div className="flex justify-end">
          <Button look="primary" onClick={onClose}>
            {t(key === null ? 'close' : 'kept')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
