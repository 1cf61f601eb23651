import type { AtpCategory } from '@apms/validators';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

type Api = Pick<WorkspaceApi, 'trpc'>;

/** Which work is asked about; an answer takes all but the vendor. */
export interface RoutingSearch {
  /** The id of a site. */
  readonly site?: string | undefined;
  readonly scope?: string | undefined;
  readonly vendor?: string | undefined;
  readonly category?: AtpCategory | undefined;
}

/** More than any configuration has of scopes or vendors. */
const ALL = 200;

/** The version that routing goes by. */
export function activeMatrixQuery({ trpc }: Api) {
  return trpc.configVersions.list.queryOptions({ status: 'ACTIVE', sourceType: 'APPROVAL_MATRIX' });
}

export function scopesQuery({ trpc }: Api, configVersionId: string) {
  return trpc.scopes.list.queryOptions({ configVersionId, isActive: true, limit: ALL });
}

export function vendorsQuery({ trpc }: Api, configVersionId: string) {
  return trpc.vendors.list.queryOptions({ configVersionId, isActive: true, limit: ALL });
}
