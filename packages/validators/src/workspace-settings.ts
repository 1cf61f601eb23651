import { z } from 'zod';
import { AtpCategory } from './approval-policy.ts';
import { OrphanSeverity } from './orphan-audit.ts';
import { Code, Id, Instant } from './wire.ts';

const hours = z.int().min(1).max(8_760);
const atLeastOne = z.int().min(1).max(1_000_000_000);

const fields = {
  /** How long a stage may take before it is overdue, when its policy does not say. */
  stageSlaHours: hours,
  finalStageSlaHours: hours,
  /** Category of scope codes for which an imported workbook names none. */
  scopeCategories: z.record(Code, AtpCategory).refine((categories) => Object.keys(categories).length <= 500, {
    error: 'must name at most 500 scopes',
  }),
  /** Who is told of orphaned rows and breached time limits. */
  alertEmails: z
    .array(z.email().max(320).toLowerCase())
    .max(50)
    .transform((emails) => [...new Set(emails)]),
  /** Where the same is sent; `https` to a public host, see the module's rule. */
  alertWebhookUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullable(),
  /** Of which orphaned rows people are told: WARNING is of all, CRITICAL of the critical ones alone. */
  orphanAlertSeverity: OrphanSeverity,
  /** How many of those there have to be. */
  orphanAlertMinimum: atLeastOne,
  /** How many approvals of the workspace have to be overdue, before people are told of the next that is. */
  slaAlertMinimum: atLeastOne,
};

/** What an administrator of a workspace set, and the defaults for the rest. */
export const WorkspaceSettings = z.object({
  stageSlaHours: z.int(),
  finalStageSlaHours: z.int(),
  scopeCategories: z.record(z.string(), AtpCategory),
  alertEmails: z.array(z.string()),
  alertWebhookUrl: z.string().nullable(),
  orphanAlertSeverity: OrphanSeverity,
  orphanAlertMinimum: z.int(),
  slaAlertMinimum: z.int(),
  /** Null while nobody has changed anything. */
  updatedById: Id.nullable(),
  updatedByName: z.string().nullable(),
  updatedAt: Instant.nullable(),
});
export type WorkspaceSettings = z.infer<typeof WorkspaceSettings>;

/** Fields left out stay as they are. */
export const UpdateWorkspaceSettings = z.object(fields).partial();
export type UpdateWorkspaceSettings = z.infer<typeof UpdateWorkspaceSettings>;
