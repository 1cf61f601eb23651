import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useToast } from './use-toast.ts';

/** A short text that is taken to another program: pressing it copies it. */
export function Copyable({ text, label }: { readonly text: string; readonly label: string }) {
  const t = useTranslations('common');
  const toast = useToast();
  const [isCopied, setIsCopied] = useState(false);
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text);
    setIsCopied(true);
    toast(t('copied'));
  }
  const Icon = isCopied ? Check : Copy;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => void copy()}
      className="inline-flex min-h-6 max-w-full items-center gap-1.5 rounded px-1 text-left font-mono text-sm hover:bg-raised"
    >
      <span className="min-w-0 break-all">{text}</span>
      <Icon aria-hidden className="size-3.5 shrink-0 text-quiet" />
    </button>
  );
}
