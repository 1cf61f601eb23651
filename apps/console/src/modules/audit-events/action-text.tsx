import { useAuditWords } from './use-audit-words.ts';

/** What was done, in words, with the API's own name of it. */
export function ActionText({ action }: { readonly action: string }) {
  const { actionText } = useAuditWords();
  const text = actionText(action);
  return (
    <>
      <span className="font-medium">{text}</span>
      {text !== action && <code className="block text-xs break-all text-quiet">{action}</code>}
    </>
  );
}
