import type { ListOverrides } from '@apms/validators';
import { pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

/** By what overrides are narrowed down. */
export interface OverrideFilters {
  readonly approvalStatus?: ListOverrides['approvalStatus'] | undefined;
  readonly overrideType?: ListOverrides['overrideType'] | undefined;
  readonly inForce?: true | undefined;
  /** The one that is open. */
  readonly overrideId?: string | undefined;
}

/** Overrides, the latest request first, page by page. */
export function overridesQuery(
  { trpc, client }: Pick<WorkspaceApi, 'trpc' | 'client'>,
  { approvalStatus, overrideType, inForce }: OverrideFilters,
) {
  const filters = { approvalStatus, overrideType, inForce };
  return pagesOf(trpc.overrides.list.infiniteQueryKey(filters), (page, options) =>
    client.overrides.list.query({ ...filters, ...page }, options),
  );
}
