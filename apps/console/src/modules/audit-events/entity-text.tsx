import type { AuditEvent } from '@apms/validators';
import { useAuditWords } from './use-audit-words.ts';

/** To what it was done: its kind, and what people call it. */
export function EntityText({ event }: { readonly event: AuditEvent }) {
  const { entityText } = useAuditWords();
  return (
    <>
      {entityText(event.entityType)}
      <span className="block truncate text-quiet">{event.entityName ?? event.entityId}</span>
    </>
  );
}
