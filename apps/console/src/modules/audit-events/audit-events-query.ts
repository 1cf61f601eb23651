import { pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';
import { dayAfter, startOfDay } from './days.ts';

/** By what audit events are narrowed down. */
export interface AuditEventFilters {
  readonly actorId?: string | undefined;
  /** `sites.` for everything of a module, `sites.create` for one action. */
  readonly action?: string | undefined;
  readonly entityType?: string | undefined;
  readonly entityId?: string | undefined;
  /** The first day, `YYYY-MM-DD` in the reader's time zone. */
  readonly since?: string | undefined;
  /** The last day. */
  readonly until?: string | undefined;
}

/** Long, for this list is gone through. */
const PAGE = 100;

/** What happened, the latest first, page by page. */
export function auditEventsQuery(
  { trpc, client }: Pick<WorkspaceApi, 'trpc' | 'client'>,
  { action: actionPrefix, since, until, ...exact }: AuditEventFilters,
) {
  const input = {
    ...exact,
    actionPrefix,
    since: since && startOfDay(since),
    until: until && startOfDay(dayAfter(until)),
    limit: PAGE,
  };
  return pagesOf(trpc.auditEvents.list.infiniteQueryKey(input), (page, options) =>
    client.auditEvents.list.query({ ...input, ...page }, options),
  );
}
