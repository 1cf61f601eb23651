import type { ListConfigFindings } from '@apms/validators';
import { pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

/** By what the findings of a version are narrowed down. */
export interface FindingFilters {
  readonly severity?: ListConfigFindings['severity'] | undefined;
  readonly sheet?: string | undefined;
  readonly code?: ListConfigFindings['code'] | undefined;
}

const LIMIT = 100;

/** The findings of a version in the order of its workbook, page by page. */
export function findingsQuery(
  { trpc, client }: Pick<WorkspaceApi, 'trpc' | 'client'>,
  configVersionId: string,
  filters: FindingFilters,
) {
  const input = { configVersionId, ...filters, limit: LIMIT };
  return pagesOf(trpc.configVersions.findings.infiniteQueryKey(input), (page, options) =>
    client.configVersions.findings.query({ ...input, ...page }, options),
  );
}
