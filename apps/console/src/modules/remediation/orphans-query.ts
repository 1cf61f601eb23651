import type { RemediationPreview } from '@apms/validators';
import { pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

/** Orphans of a foreign key in the workspace, and what can be done about them, page by page. */
export function orphansQuery(
  { trpc, client }: Pick<WorkspaceApi, 'trpc' | 'client'>,
  constraintName: string,
) {
  return pagesOf<RemediationPreview>(
    trpc.integrityAudits.preview.infiniteQueryKey({ constraintName }),
    (page, options) => client.integrityAudits.preview.query({ constraintName, ...page }, options),
  );
}
