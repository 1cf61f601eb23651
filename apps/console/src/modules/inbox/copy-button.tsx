import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../ui/button.tsx';

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text, label }: { readonly text: () => string; readonly label: string }) {
  const t = useTranslations('common');
  const [isCopied, setIsCopied] = useState(false);
  return (
    <Button
      icon={isCopied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
      onClick={() => void navigator.clipboard.writeText(text()).then(() => setIsCopied(true))}
    >
      <span role="status">{isCopied ? t('copied') : label}</span>
    </Button>
  );
}
