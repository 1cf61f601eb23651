import { z } from 'zod';

/** Which workbook part a config version was imported from. */
export const ConfigSourceType = z.enum(['APPROVAL_MATRIX', 'CLUSTER_MAPPING', 'SCOPE_CONFIG']);
export type ConfigSourceType = z.infer<typeof ConfigSourceType>;

/** Where a config version stands: only a DRAFT is editable, at most one per workspace and source is ACTIVE. */
export const ConfigVersionStatus = z.enum(['DRAFT', 'ACTIVE', 'SUPERSEDED', 'ARCHIVED']);
export type ConfigVersionStatus = z.infer<typeof ConfigVersionStatus>;

/** Outcome of validating an import; an INVALID version is never ACTIVE. */
export const ValidationStatus = z.enum(['PENDING', 'VALID', 'WARNINGS', 'INVALID']);
export type ValidationStatus = z.infer<typeof ValidationStatus>;
