import type { Produced, Site, SiteRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readSite } from './read-site.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function getSite({ db }: WorkspaceContext, { siteId }: SiteRef): Promise<Produced<typeof Site>> {
  return await readSite(db, siteId);
}
