import type { InboxFilters } from './inbox-query.ts';

/** Whether the inbox is narrowed down at all. */
export function isFiltered(filters: InboxFilters): boolean {
  return Object.values(filters).some((filter) => filter !== undefined);
}
