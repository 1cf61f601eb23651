import { z } from 'zod';
import { AssignmentMode, AtpCategory } from './approval-policy.ts';
import { Id, RequiredText } from './wire.ts';
import { UserStatus } from './workspace.ts';

/** What a chain is looked up by: the ACTIVE config version says which stages and who sits in them. */
export const RoutingRequest = z.object({
  siteId: Id,
  scopeCode: RequiredText.max(200),
  /**
   * Left out, or null: work of no vendor in particular, for which only policies of any vendor apply, as they do for a
   * vendor whom the version does not know.
   */
  vendorCode: RequiredText.max(200).nullable().default(null),
  atpCategory: AtpCategory,
});
export type RoutingRequest = z.infer<typeof RoutingRequest>;

/** By which step of the fallback a policy was found. */
export const PolicyMatch = z.enum(['VENDOR', 'ANY_VENDOR', 'ANY_VENDOR_AND_CATEGORY']);
export type PolicyMatch = z.infer<typeof PolicyMatch>;

/** Why somebody is the approver of a stage. */
export const ApproverSource = z.enum(['PRIMARY', 'BACKUP', 'STATIC_USER', 'RULE', 'AUTO', 'OVERRIDE']);
export type ApproverSource = z.infer<typeof ApproverSource>;

/** A person as lists and stages show them. */
export const PersonName = z.object({ id: Id, name: z.string() });
export type PersonName = z.infer<typeof PersonName>;

/** A stage of the chain with the person who would decide it. */
export const RoutedStage = z.object({
  stageNumber: z.int().positive(),
  sequenceOrder: z.int().positive(),
  /** Stages with the same number are open together. */
  parallelGroup: z.int().positive().nullable(),
  isRequired: z.boolean(),
  roleCode: z.string(),
  roleName: z.string(),
  slaHours: z.int().positive(),
  assignmentMode: AssignmentMode,
  /** Null only for a stage that is not required and in whose seat nobody sits: it is skipped. */
  approver: PersonName.extend({
    /** PENDING when nobody in the seat has signed in yet. */
    status: UserStatus,
    source: ApproverSource,
    overrideId: Id.nullable(),
    /** Whom the override replaces; null when the seat was empty, or without an override. */
    insteadOfId: Id.nullable(),
  }).nullable(),
});
export type RoutedStage = z.infer<typeof RoutedStage>;

/** Which chain applies, and who would approve, if the workflow was started now. */
export const RoutingPreview = z.object({
  site: z.object({ id: Id, siteCode: z.string(), name: z.string() }),
  scopeCode: z.string(),
  vendorCode: z.string().nullable(),
  atpCategory: AtpCategory,
  /** The site's cluster and, by it or else by the site itself, its region; overrides are matched by them. */
  clusterCode: z.string().nullable(),
  region: z.string().nullable(),
  configVersion: z.object({ id: Id, versionNumber: z.int().positive() }),
  policy: z.object({ id: Id, policyCode: z.string(), policyName: z.string(), matchedBy: PolicyMatch }),
  stages: z.array(RoutedStage),
});
export type RoutingPreview = z.infer<typeof RoutingPreview>;
