import type { ListedPunchlistItem } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { ValueText } from '../../ui/value-text.tsx';
import { CoverSection } from './cover-section.tsx';

/** What is still to be mended, and how much is closed. */
export function CoverItems({ items }: { readonly items: readonly ListedPunchlistItem[] }) {
  const t = useTranslations('coverPage');
  const open = items.filter(({ status }) => status !== 'CLOSED');
  return (
    <CoverSection title={t('items')}>
      <p>{t('itemCounts', { open: open.length, closed: items.length - open.length })}</p>
      {open.length > 0 && (
        <ul className="mt-2 flex flex-col gap-1">
          {open.map((item) => (
            <li key={item.id} className="break-inside-avoid">
              <span className="font-semibold">{item.itemCode}</span> {item.description} (
              <ValueText set="PunchlistItemSeverity" value={item.severity} />,{' '}
              <ValueText set="PunchlistItemStatus" value={item.status} />)
            </li>
          ))}
        </ul>
      )}
    </CoverSection>
  );
}
