import { useTranslations } from 'use-intl';
import { Dialog } from '../ui/dialog.tsx';
import { Navigation } from './navigation.tsx';

/** The navigation of a narrow screen. */
export function NavigationDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('shell');
  return (
    <Dialog isOpen onClose={onClose} title={t('navigation')}>
      <Navigation onLeave={onClose} />
    </Dialog>
  );
}
