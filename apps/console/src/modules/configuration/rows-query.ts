import type { ConfigRowKind } from '@apms/validators';
import { pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

/** Which rows of a version are looked at. */
export interface RowFilters {
  readonly kind?: ConfigRowKind | undefined;
  readonly search?: string | undefined;
  readonly sourceSheet?: string | undefined;
  readonly sourceRow?: number | undefined;
}

const LIMIT = 100;

/** The rows of one table of a version, page by page. */
export function rowsQuery(
  { trpc, client }: Pick<WorkspaceApi, 'trpc' | 'client'>,
  configVersionId: string,
  { kind = 'policies', ...filters }: RowFilters,
) {
  const input = { configVersionId, kind, ...filters, limit: LIMIT };
  return pagesOf(trpc.configVersions.rows.infiniteQueryKey(input), (page, options) =>
    client.configVersions.rows.query({ ...input, ...page }, options),
  );
}
