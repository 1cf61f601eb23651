import type { ListUsers } from '@apms/validators';
import { pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

/** By what people are narrowed down. */
export interface PeopleFilters {
  readonly search?: string | undefined;
  readonly status?: ListUsers['status'] | undefined;
  readonly role?: ListUsers['role'] | undefined;
}

/** Members and people named in the configuration by their names, page by page. */
export function peopleQuery({ trpc, client }: Pick<WorkspaceApi, 'trpc' | 'client'>, filters: PeopleFilters) {
  return pagesOf(trpc.users.list.infiniteQueryKey(filters), (page, options) =>
    client.users.list.query({ ...filters, ...page }, options),
  );
}
