import { z } from 'zod';
import { IntegrityHealth, IntegrityOrigin, OrphanSeverity } from './orphan-audit.ts';
import { BigInteger, Id, Instant, PageInput, pageOf, RequiredText } from './wire.ts';

/** One stored run of the orphan audit, over the whole database. */
export const IntegrityAudit = z.object({
  id: Id,
  startedAt: Instant,
  durationMs: z.int(),
  origin: IntegrityOrigin,
  health: IntegrityHealth,
  /** How many foreign keys were looked at, and how many of them had orphans. */
  checksTotal: z.int(),
  checksFailed: z.int(),
  orphansTotal: BigInteger,
  /** Null when nobody asked for it, or nobody of this workspace. */
  requestedById: Id.nullable(),
  requestedByName: z.string().nullable(),
});
export type IntegrityAudit = z.infer<typeof IntegrityAudit>;

export const IntegrityAuditRef = z.object({ auditId: Id });
export type IntegrityAuditRef = z.infer<typeof IntegrityAuditRef>;

export const IntegrityAuditPage = pageOf(IntegrityAudit);

/** The newest first, unless another direction is asked for. */
export const ListIntegrityAudits = PageInput.extend({
  origin: IntegrityOrigin.optional(),
  health: IntegrityHealth.optional(),
});
export type ListIntegrityAudits = z.infer<typeof ListIntegrityAudits>;

export const TrendBucket = z.enum(['hour', 'day']);
export type TrendBucket = z.infer<typeof TrendBucket>;

const Moment = z.iso.datetime({ offset: true });

/** A period, the last 30 days when absent; at most 1,000 buckets. */
export const IntegrityTrendInput = z.object({
  since: Moment.optional(),
  until: Moment.optional(),
  bucket: TrendBucket.default('day'),
});
export type IntegrityTrendInput = z.infer<typeof IntegrityTrendInput>;

/** What the runs of one hour or day (UTC) found at worst; null where there was no run. */
export const IntegrityTrendPoint = z.object({
  bucketStart: Instant,
  runs: z.int(),
  orphans: BigInteger.nullable(),
  checksFailed: z.int().nullable(),
  health: IntegrityHealth.nullable(),
});
export type IntegrityTrendPoint = z.infer<typeof IntegrityTrendPoint>;

/** One point for every bucket that the period touches, the oldest first. */
export const IntegrityTrend = z.object({ bucket: TrendBucket, points: z.array(IntegrityTrendPoint) });
export type IntegrityTrend = z.infer<typeof IntegrityTrend>;

/** Name of a foreign key. */
export const ConstraintName = z.string().min(1).max(63);

/**
 * A foreign key that has orphans. `count` is that of the whole database; `sampleIds` are those of the run's samples
 * that are rows of the caller's workspace.
 */
export const IntegrityFinding = z.object({
  constraintName: z.string(),
  table: z.string(),
  severity: OrphanSeverity,
  count: z.int(),
  sampleIds: z.array(z.string()),
});
export type IntegrityFinding = z.infer<typeof IntegrityFinding>;

export const IntegrityFindings = z.object({
  audit: IntegrityAudit,
  findings: z.array(IntegrityFinding),
  /** Keys that could not be looked at, because the database lacks their tables or columns. */
  skipped: z.array(z.object({ constraintName: z.string(), table: z.string() })),
});
export type IntegrityFindings = z.infer<typeof IntegrityFindings>;

/** What can be done about orphans. */
export const RemediationAction = z.enum(['quarantine', 'relink']);
export type RemediationAction = z.infer<typeof RemediationAction>;

/** Why it cannot be done to the rows of a foreign key. */
export const RemediationRefusal = z.enum([
  /** The table is history, which is kept as it was written. */
  'HISTORY',
  /** The configuration version of a row has left DRAFT. */
  'FROZEN_VERSION',
  /** A workflow keeps the version that it was started from. */
  'FROZEN_WORKFLOW',
  /** The table's rows belong to no workspace. */
  'NO_WORKSPACE',
  /** The reference is the workspace itself. */
  'OWNERSHIP',
  /** The system itself may not do this to the table. */
  'NOT_GRANTED',
]);
export type RemediationRefusal = z.infer<typeof RemediationRefusal>;

export const PreviewRemediation = PageInput.extend({ constraintName: ConstraintName });
export type PreviewRemediation = z.infer<typeof PreviewRemediation>;

/** A row of the caller's workspace whose reference leads nowhere, as it is now. */
export const OrphanRow = z.object({ rowId: z.string(), row: z.record(z.string(), z.unknown()) });
export type OrphanRow = z.infer<typeof OrphanRow>;

/** What a remediation would be about. A refusal is null where the action is possible. */
export const RemediationPreview = pageOf(OrphanRow).extend({
  constraintName: z.string(),
  table: z.string(),
  columns: z.array(z.string()),
  referencedTable: z.string(),
  quarantineRefusal: RemediationRefusal.nullable(),
  relinkRefusal: RemediationRefusal.nullable(),
  /** Tables whose rows would be moved aside together with the row that they are parts of. */
  parts: z.array(z.string()),
});
export type RemediationPreview = z.infer<typeof RemediationPreview>;

/** Always of rows that are named one by one: nothing is moved or linked that nobody has looked at. */
export const RemediateOrphans = z
  .object({
    /** The run that found them. */
    auditId: Id,
    constraintName: ConstraintName,
    action: RemediationAction,
    rowIds: z
      .array(Id)
      .min(1)
      .max(500)
      .transform((ids) => [...new Set(ids)]),
    /** To relink: the id of the row that they shall refer to. */
    referenceId: Id.optional(),
    reason: RequiredText.max(1_000),
  })
  .refine(({ action, referenceId }) => (action === 'relink') === (referenceId !== undefined), {
    error: 'belongs to relinking, and to nothing else',
    path: ['referenceId'],
  });
export type RemediateOrphans = z.infer<typeof RemediateOrphans>;

export const Remediation = z.object({
  constraintName: z.string(),
  action: RemediationAction,
  rowIds: z.array(z.string()),
  /** Of the rows that were moved aside, those that were parts of them included. */
  quarantinedRowIds: z.array(Id),
});
export type Remediation = z.infer<typeof Remediation>;

/** A row that was moved aside, whole. */
export const QuarantinedRow = z.object({
  id: Id,
  auditId: Id,
  constraintName: z.string(),
  table: z.string(),
  rowId: z.string(),
  row: z.record(z.string(), z.unknown()),
  reason: z.string(),
  quarantinedById: Id,
  quarantinedAt: Instant,
  restoredAt: Instant.nullable(),
});
export type QuarantinedRow = z.infer<typeof QuarantinedRow>;

export const QuarantinedRowPage = pageOf(QuarantinedRow);

export const ListQuarantinedRows = PageInput.extend({
  auditId: Id.optional(),
  constraintName: ConstraintName.optional(),
  /** Those that are still aside, or those that came back. */
  state: z.enum(['ASIDE', 'RESTORED']).optional(),
});
export type ListQuarantinedRows = z.infer<typeof ListQuarantinedRows>;

/** All of them come back, or none: a row and its parts are restored together. */
export const RestoreQuarantinedRows = z.object({
  quarantinedRowIds: z
    .array(Id)
    .min(1)
    .max(500)
    .transform((ids) => [...new Set(ids)]),
});
export type RestoreQuarantinedRows = z.infer<typeof RestoreQuarantinedRows>;

export const RestoredRows = z.object({
  rows: z.array(z.object({ quarantinedRowId: Id, table: z.string(), rowId: z.string() })),
});
export type RestoredRows = z.infer<typeof RestoredRows>;
