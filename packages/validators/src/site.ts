import { z } from 'zod';
import { Id, Instant, PageInput, pageOf, RequiredText } from './wire.ts';
import { SiteStatus } from './workspace.ts';

/** Identifies a site within its workspace, as the vendors write it. */
export const SiteCode = RequiredText.max(80);

const coordinates = {
  latitude: z.number().min(-90).max(90).nullable(),
  longitude: z.number().min(-180).max(180).nullable(),
};

export const Site = z.object({
  id: Id,
  siteCode: z.string(),
  name: z.string(),
  region: z.string().nullable(),
  city: z.string().nullable(),
  ...coordinates,
  status: SiteStatus,
  /** By which the roster of its approvers is found, in whichever config version. */
  clusterCode: z.string().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Site = z.infer<typeof Site>;

export const SiteRef = z.object({ siteId: Id });
export type SiteRef = z.infer<typeof SiteRef>;

export const SitePage = pageOf(Site);

export const ListSites = PageInput.extend({
  sort: z.enum(['siteCode', 'createdAt']).default('siteCode'),
  /** Part of a site code or name, whatever the case. */
  search: RequiredText.max(200).optional(),
  status: SiteStatus.optional(),
  region: RequiredText.optional(),
  clusterCode: RequiredText.optional(),
});
export type ListSites = z.infer<typeof ListSites>;

const fields = {
  name: RequiredText.max(200),
  region: RequiredText.max(200).nullable().default(null),
  city: RequiredText.max(200).nullable().default(null),
  latitude: coordinates.latitude.default(null),
  longitude: coordinates.longitude.default(null),
  status: SiteStatus.default('ACTIVE'),
  clusterCode: RequiredText.max(200).nullable().default(null),
};

/** Coordinates come in pairs. */
function hasWholePosition({ latitude, longitude }: { latitude?: unknown; longitude?: unknown }): boolean {
  return (latitude ?? null) === null ? (longitude ?? null) === null : (longitude ?? null) !== null;
}
const wholePosition = { error: 'latitude and longitude come together', path: ['longitude'] };

export const CreateSite = z.object({ siteCode: SiteCode, ...fields }).refine(hasWholePosition, wholePosition);
export type CreateSite = z.infer<typeof CreateSite>;

/** Fields left out stay as they are. */
export const UpdateSite = z.object({
  siteId: Id,
  name: fields.name.optional(),
  region: fields.region.unwrap().optional(),
  city: fields.city.unwrap().optional(),
  latitude: coordinates.latitude.optional(),
  longitude: coordinates.longitude.optional(),
  status: SiteStatus.optional(),
  clusterCode: fields.clusterCode.unwrap().optional(),
});
export type UpdateSite = z.infer<typeof UpdateSite>;
