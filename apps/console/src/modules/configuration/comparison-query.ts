import type { CompareConfigVersions, ConfigDifference } from '@apms/validators';
import { pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

/** By what the differences are narrowed down. */
export interface DifferenceFilters {
  readonly kind?: CompareConfigVersions['kind'];
  readonly change?: CompareConfigVersions['change'];
}

/** Which versions are compared, and what is looked at of it. */
export interface ComparisonSearch extends DifferenceFilters {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface ComparedVersions {
  readonly fromVersionId: string;
  readonly toVersionId: string;
}

/** A row that two versions do not have alike. */
export type ComparedRow = ConfigDifference & { readonly id: string };

const LIMIT = 100;

/** The rows that two versions do not have alike, page by page; each page with the figures of all. */
export function comparisonQuery(
  { trpc, client }: Pick<WorkspaceApi, 'trpc' | 'client'>,
  versions: ComparedVersions,
  filters: DifferenceFilters,
) {
  const input = { ...versions, ...filters, limit: LIMIT };
  return pagesOf(trpc.configVersions.compare.infiniteQueryKey(input), async (page, options) => {
    const read = await client.configVersions.compare.query({ ...input, ...page }, options);
    const items = read.items.map((row) => ({ ...row, id: [row.kind, ...row.key].join('\n') }));
    return { ...read, items };
  });
}

/** The versions to choose from, more of them than anybody looks back at. */
export function versionChoicesQuery({ trpc }: Pick<WorkspaceApi, 'trpc'>) {
  return trpc.configVersions.list.queryOptions({ limit: 200 });
}
