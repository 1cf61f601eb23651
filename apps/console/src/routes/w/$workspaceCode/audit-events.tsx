import { createFileRoute } from '@tanstack/react-router';
import { searchParams } from '../../../api/search-params.ts';
import { useChangeSearch } from '../../../api/use-change-search.ts';
import { AuditEventsPage, type AuditEventsSearch } from '../../../modules/audit-events/audit-events-page.tsx';
import { auditEventsQuery } from '../../../modules/audit-events/audit-events-query.ts';
import { isDay } from '../../../modules/audit-events/days.ts';
import { requirePermission } from '../../../session/enter-workspace.ts';

function readSearch(search: Record<string, unknown>): AuditEventsSearch {
  const action = searchParams.text(search['action']);
  return {
    actorId: searchParams.text(search['actorId']),
    action: action !== undefined && /^[a-zA-Z.]{1,100}$/.test(action) ? action : undefined,
    entityType: searchParams.text(search['entityType']),
    entityId: searchParams.text(search['entityId']),
    since: day(search['since']),
    until: day(search['until']),
    event: searchParams.text(search['event']),
  };
}

function day(value: unknown): string | undefined {
  const text = searchParams.text(value);
  return text !== undefined && isDay(text) ? text : undefined;
}

export const Route = createFileRoute('/w/$workspaceCode/audit-events')({
  validateSearch: readSearch,
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'audit.read'),
  loaderDeps: ({ search: { event: _event, ...filters } }) => filters,
  loader: ({ context: { api }, deps }) =>
    api.queryClient.ensureInfiniteQueryData(auditEventsQuery(api, deps)),
  component: function AuditEvents() {
    return <AuditEventsPage search={Route.useSearch()} onSearch={useChangeSearch(Route)} />;
  },
});
