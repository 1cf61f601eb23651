import { pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';
import type { ValueOf } from '../../messages/values-of.ts';

/** Which deployments are shown; without a target those of the first one. */
export interface DeploymentFilters {
  readonly target?: string | undefined;
  readonly outcome?: ValueOf<'DeploymentOutcome'> | undefined;
}

/** Deployments of a target, the newest first, page by page; each page says how many reports it could not read. */
export function deploymentsQuery({ trpc, client }: Pick<WorkspaceApi, 'trpc' | 'client'>, target: string) {
  return pagesOf(trpc.deployments.history.infiniteQueryKey({ target }), (page, options) =>
    client.deployments.history.query({ target, ...page }, options),
  );
}
