import type { AuditEvent } from '@apms/validators';
import { useAuditWords } from './use-audit-words.ts';

/** To what it was done: its kind, and the name that the event's details have for it. */
export function EntityText({ event }: { readonly event: AuditEvent }) {
  const { entityText } = useAuditWords();
  return (
    <>
      {entityText(event.entityType)}
      <span className="block truncate text-quiet">{nameIn(event.details) ?? event.entityId}</span>
    </>
  );
}

/** By which people know the things that events are about, the most telling first. */
const names = [
  'name',
  'siteCode',
  'code',
  'clusterCode',
  'versionNumber',
  'itemCode',
  'email',
  'role',
] as const;

function nameIn(details: AuditEvent['details']): string | null {
  for (const key of names) {
    const value = details[key];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return null;
}
