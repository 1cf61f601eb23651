import { z } from 'zod';
import { DeploymentReport } from './deployment-report.ts';

/** Name of a deploy target, as `deploy.config.ts` has it. */
export const DeploymentTarget = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/);

/** `20261122T210310Z-3fa9b1`: when a deployment began, so that ids sort by time. */
export const DeploymentId = z.string().regex(/^\d{8}T\d{6}Z-[0-9a-f]{6}$/);

export const DeploymentRef = z.object({ target: DeploymentTarget, deploymentId: DeploymentId });
export type DeploymentRef = z.infer<typeof DeploymentRef>;

/** The newest first. */
export const ListDeployments = z.object({
  target: DeploymentTarget,
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().max(1_000).optional(),
});
export type ListDeployments = z.infer<typeof ListDeployments>;

/** A deployment in a line. */
export const DeploymentSummary = DeploymentReport.pick({
  id: true,
  target: true,
  startedAt: true,
  finishedAt: true,
  durationMs: true,
  outcome: true,
  decision: true,
  by: true,
  commit: true,
  lockedMs: true,
}).extend({
  migrations: z.array(z.string()),
  backupId: z.string().nullable(),
  failure: z.string().nullable(),
});
export type DeploymentSummary = z.infer<typeof DeploymentSummary>;

/** A page may be short, or even empty, before the last one: where reports cannot be read, it ends sooner. */
export const DeploymentPage = z.object({
  items: z.array(DeploymentSummary),
  nextCursor: z.string().nullable(),
  /** How many reports on the way of this page could not be read. */
  unreadable: z.int(),
});
export type DeploymentPage = z.infer<typeof DeploymentPage>;

export const DeploymentTargets = z.object({ targets: z.array(DeploymentTarget) });
export type DeploymentTargets = z.infer<typeof DeploymentTargets>;
