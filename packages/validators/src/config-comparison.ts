import { z } from 'zod';
import { ConfigRowKind, configRowShapes } from './config-row.ts';
import { Id, PageInput } from './wire.ts';

export const ConfigChange = z.enum(['ADDED', 'REMOVED', 'CHANGED']);
export type ConfigChange = z.infer<typeof ConfigChange>;

const source = { sourceSheet: true, sourceRow: true } as const;

/** What is compared of each table: everything but where in the file a row came from. */
const compared = {
  ...configRowShapes,
  clusters: configRowShapes.clusters.omit(source),
  approvers: configRowShapes.approvers.omit({ ...source, sourceColumn: true }),
} as const;

function differenceOf<Kind extends ConfigRowKind, Row extends z.ZodObject>(kind: Kind, row: Row) {
  return z.object({
    kind: z.literal(kind),
    change: ConfigChange,
    /** The natural key, by which rows of the two versions belong together. */
    key: z.array(z.string()),
    /** The row of the first version; null when it was added. */
    before: row.nullable(),
    /** The row of the second version; null when it was removed. */
    after: row.nullable(),
    /** The fields that differ, when the row was changed. */
    changedFields: z.array(z.string()),
  });
}

/** A row that two versions do not have alike. */
export const ConfigDifference = z.discriminatedUnion('kind', [
  differenceOf('scopes', compared.scopes),
  differenceOf('vendors', compared.vendors),
  differenceOf('roles', compared.roles),
  differenceOf('policies', compared.policies),
  differenceOf('stages', compared.stages),
  differenceOf('clusters', compared.clusters),
  differenceOf('approvers', compared.approvers),
]);
export type ConfigDifference = z.infer<typeof ConfigDifference>;

const count = z.int().nonnegative();

/** How many rows of a kind differ, and how. */
export const ConfigChangeCounts = z.object({
  kind: ConfigRowKind,
  added: count,
  removed: count,
  changed: count,
});
export type ConfigChangeCounts = z.infer<typeof ConfigChangeCounts>;

/** A page of the differences, and how many there are of each kind altogether. */
export const ConfigComparison = z.object({
  /** One entry for each kind. */
  summary: z.array(ConfigChangeCounts),
  items: z.array(ConfigDifference),
  nextCursor: z.string().nullable(),
});
export type ConfigComparison = z.infer<typeof ConfigComparison>;

/** From the first version to the second, by kind and natural key; `kind` and `change` narrow the page, not the summary. */
export const CompareConfigVersions = PageInput.omit({ direction: true }).extend({
  fromVersionId: Id,
  toVersionId: Id,
  kind: ConfigRowKind.optional(),
  change: ConfigChange.optional(),
});
export type CompareConfigVersions = z.infer<typeof CompareConfigVersions>;
