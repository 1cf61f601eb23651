import { z } from 'zod';
import { Day, Id, PageInput, pageOf, RequiredText } from './wire.ts';
import {
  ApproverRow,
  ClusterRow,
  PolicyRow,
  RoleRow,
  ScopeRow,
  StageRow,
  VendorRow,
} from './workbook-rows.ts';

/** The tables of a config version. */
export const ConfigRowKind = z.enum([
  'scopes',
  'vendors',
  'roles',
  'policies',
  'stages',
  'clusters',
  'approvers',
]);
export type ConfigRowKind = z.infer<typeof ConfigRowKind>;

const policyKey = PolicyRow.pick({ scopeCode: true, vendorCode: true, atpCategory: true }).shape;

/** What each table holds, linked by natural codes, so that rows of different versions can be compared. */
export const configRowShapes = {
  scopes: ScopeRow.extend({ isActive: z.boolean() }),
  vendors: VendorRow.extend({ contactEmail: z.string().nullable(), isActive: z.boolean() }),
  roles: RoleRow,
  policies: PolicyRow.omit({ stages: true }).extend({
    parentPolicyCode: z.string().nullable(),
    isActive: z.boolean(),
  }),
  stages: StageRow.extend(policyKey),
  clusters: ClusterRow,
  approvers: ApproverRow.extend({ effectiveFrom: Day.nullable(), effectiveTo: Day.nullable() }),
} as const satisfies Record<ConfigRowKind, z.ZodObject>;

const id = { id: Id };

/** A row of any table of a config version; `kind` says of which. */
export const ConfigRow = z.discriminatedUnion('kind', [
  configRowShapes.scopes.extend({ kind: z.literal('scopes'), ...id }),
  configRowShapes.vendors.extend({ kind: z.literal('vendors'), ...id }),
  configRowShapes.roles.extend({ kind: z.literal('roles'), ...id }),
  configRowShapes.policies.extend({ kind: z.literal('policies'), ...id }),
  configRowShapes.stages.extend({ kind: z.literal('stages'), ...id }),
  configRowShapes.clusters.extend({ kind: z.literal('clusters'), ...id }),
  configRowShapes.approvers.extend({ kind: z.literal('approvers'), ...id }),
]);
export type ConfigRow = z.infer<typeof ConfigRow>;

export const ConfigRowPage = pageOf(ConfigRow);

export const ListConfigRows = PageInput.extend({
  configVersionId: Id,
  kind: ConfigRowKind,
  /** Part of a code, name, place or e-mail address of the row, whatever the case. */
  search: RequiredText.max(200).optional(),
  /** Where in the workbook the row came from; only clusters and approvers say so. */
  sourceSheet: RequiredText.max(200).optional(),
  sourceRow: z.int32().positive().optional(),
});
export type ListConfigRows = z.infer<typeof ListConfigRows>;
