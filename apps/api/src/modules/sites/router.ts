import { CreateSite, ListSites, Site, SitePage, SiteRef, UpdateSite } from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { createSite } from './create-site.ts';
import { getSite } from './get-site.ts';
import { listSites } from './list-sites.ts';
import { updateSite } from './update-site.ts';

export const sitesRouter = router({
  get: permit('sites.read')
    .meta(rest('GET', '/sites/{siteId}', 'One site'))
    .input(SiteRef)
    .output(Site)
    .query(({ ctx, input }) => getSite(ctx, input)),

  list: permit('sites.read')
    .meta(rest('GET', '/sites', 'Sites, filtered and sorted, page by page'))
    .input(ListSites)
    .output(SitePage)
    .query(({ ctx, input }) => listSites(ctx, input)),

  create: permit('sites.write')
    .meta(rest('POST', '/sites', 'Add a site'))
    .input(CreateSite)
    .output(Site)
    .mutation(({ ctx, input }) => createSite(ctx, input)),

  update: permit('sites.write')
    .meta(rest('PATCH', '/sites/{siteId}', 'Change a site'))
    .input(UpdateSite)
    .output(Site)
    .mutation(({ ctx, input }) => updateSite(ctx, input)),
});
