import { useTranslations } from 'use-intl';
import { Dialog } from '../../ui/dialog.tsx';

const keys = [
  { keys: ['j', '↓'], text: 'next' },
  { keys: ['k', '↑'], text: 'previous' },
  { keys: ['Home', 'End'], text: 'ends' },
  { keys: ['Enter', 'o'], text: 'open' },
  { keys: ['Esc'], text: 'leave' },
  { keys: ['x'], text: 'select' },
  { keys: ['a'], text: 'approve' },
  { keys: ['p'], text: 'punchlist' },
  { keys: ['r'], text: 'reject' },
  { keys: ['Ctrl Enter'], text: 'send' },
  { keys: ['?'], text: 'help' },
] as const;

/** Says which keys do what. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('inbox.help');
  return (
    <Dialog isOpen onClose={onClose} title={t('title')} description={t('about')}>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-2">
        {keys.map(({ keys: names, text }) => (
          <div key={text} className="contents">
            <dt className="flex gap-1">
              {names.map((name) => (
                <kbd
                  key={name}
                  className="rounded border border-field-line bg-raised px-1.5 py-0.5 font-mono text-sm"
                >
                  {name}
                </kbd>
              ))}
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
