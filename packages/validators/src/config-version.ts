import { z } from 'zod';
import { Id, Instant, PageInput, pageOf, RequiredText } from './wire.ts';

/** Which workbook part a config version was imported from. */
export const ConfigSourceType = z.enum(['APPROVAL_MATRIX', 'CLUSTER_MAPPING', 'SCOPE_CONFIG']);
export type ConfigSourceType = z.infer<typeof ConfigSourceType>;

/** Where a config version stands: only a DRAFT is editable, at most one per workspace and source is ACTIVE. */
export const ConfigVersionStatus = z.enum(['DRAFT', 'ACTIVE', 'SUPERSEDED', 'ARCHIVED']);
export type ConfigVersionStatus = z.infer<typeof ConfigVersionStatus>;

/** Outcome of validating an import; an INVALID version is never ACTIVE. */
export const ValidationStatus = z.enum(['PENDING', 'VALID', 'WARNINGS', 'INVALID']);
export type ValidationStatus = z.infer<typeof ValidationStatus>;

export const ConfigVersion = z.object({
  id: Id,
  sourceType: ConfigSourceType,
  /** Counts up from 1 for each source type of the workspace. */
  versionNumber: z.int().positive(),
  status: ConfigVersionStatus,
  sourceFileName: z.string(),
  /** Media type of the file. */
  sourceFileType: z.string(),
  /** SHA-256 of the file, in hex. */
  sourceChecksum: z.string(),
  validationStatus: ValidationStatus,
  warningsAcknowledgedAt: Instant.nullable(),
  /** The version that this one superseded. */
  previousVersionId: Id.nullable(),
  supersededById: Id.nullable(),
  /** Made from the rows of an earlier version instead of a file. */
  isRollback: z.boolean(),
  notes: z.string().nullable(),
  importedById: Id,
  importedByName: z.string(),
  importedAt: Instant,
  activatedById: Id.nullable(),
  activatedAt: Instant.nullable(),
  supersededAt: Instant.nullable(),
  archivedAt: Instant.nullable(),
});
export type ConfigVersion = z.infer<typeof ConfigVersion>;

const count = z.int().nonnegative();

/** How many rows a config version holds of each kind. */
export const ConfigRowCounts = z.object({
  scopes: count,
  vendors: count,
  roles: count,
  policies: count,
  stages: count,
  clusters: count,
  approvers: count,
});
export type ConfigRowCounts = z.infer<typeof ConfigRowCounts>;

/** A config version with what it holds and how many findings it has. */
export const ConfigVersionDetails = ConfigVersion.extend({
  counts: ConfigRowCounts,
  errors: count,
  warnings: count,
});
export type ConfigVersionDetails = z.infer<typeof ConfigVersionDetails>;

export const ConfigVersionRef = z.object({ configVersionId: Id });
export type ConfigVersionRef = z.infer<typeof ConfigVersionRef>;

export const ConfigVersionPage = pageOf(ConfigVersion);

export const ListConfigVersions = PageInput.extend({
  sort: z.enum(['importedAt', 'versionNumber']).default('importedAt'),
  sourceType: ConfigSourceType.optional(),
  status: ConfigVersionStatus.optional(),
});
export type ListConfigVersions = z.infer<typeof ListConfigVersions>;

export const ImportConfigVersion = z.object({
  /** The workbook, uploaded before. */
  documentId: Id,
  sourceType: ConfigSourceType.default('APPROVAL_MATRIX'),
  notes: RequiredText.optional(),
});
export type ImportConfigVersion = z.infer<typeof ImportConfigVersion>;

export const ActivateConfigVersion = ConfigVersionRef.extend({
  /** The caller has read the warnings, if there are any. */
  acknowledgeWarnings: z.boolean().default(false),
});
export type ActivateConfigVersion = z.infer<typeof ActivateConfigVersion>;

export const RollbackConfigVersion = ConfigVersionRef.extend({ notes: RequiredText.optional() });
export type RollbackConfigVersion = z.infer<typeof RollbackConfigVersion>;

/** What happens to a document while it is imported, in this order; `done` and `failed` are the last. */
export const ImportPhase = z.enum(['unpacking', 'understanding', 'storing', 'done', 'failed']);
export type ImportPhase = z.infer<typeof ImportPhase>;

export const ImportProgressRef = z.object({ documentId: Id });
export type ImportProgressRef = z.infer<typeof ImportProgressRef>;

/** How far an import is: rows of the sheet while the workbook is read, rows of all tables while they are stored. */
export const ImportProgress = z.object({
  documentId: Id,
  phase: ImportPhase,
  sheet: z.string().nullable(),
  rowsDone: z.int().nonnegative(),
  rowsTotal: z.int().nonnegative().nullable(),
});
export type ImportProgress = z.infer<typeof ImportProgress>;
