import { z } from 'zod';
import { AtpCategory } from './approval-policy.ts';
import { ConfigSourceType, ConfigVersionStatus, ValidationStatus } from './config-version.ts';
import { WorkflowStageStatus } from './workflow.ts';

const id = z.string().min(1);

/**
 * Everything a caller can be told went wrong, each code with the facts that a readable message needs.
 * Clients narrow on `code`.
 */
export const AppErrorData = z.discriminatedUnion('code', [
  z.object({ code: z.literal('PERMISSION_DENIED'), permission: z.string() }),
  z.object({ code: z.literal('WORKSPACE_NOT_FOUND'), workspaceId: id }),
  /** A row refers to one that does not exist in its workspace (or config version). */
  z.object({ code: z.literal('REFERENCE_NOT_FOUND'), entity: z.string(), field: z.string(), id }),
  z.object({ code: z.literal('CONFIG_VERSION_NOT_FOUND'), configVersionId: id }),
  z.object({ code: z.literal('CONFIG_VERSION_NOT_DRAFT'), configVersionId: id, status: ConfigVersionStatus }),
  z.object({ code: z.literal('CONFIG_VERSION_ACTIVE'), configVersionId: id }),
  /** Neither VALID nor WARNINGS that were acknowledged: the version cannot be activated. */
  z.object({
    code: z.literal('CONFIG_VERSION_NOT_VALID'),
    configVersionId: id,
    validationStatus: ValidationStatus,
  }),
  /** The imported file has the checksum of the ACTIVE version. */
  z.object({
    code: z.literal('CONFIG_VERSION_UNCHANGED'),
    sourceType: ConfigSourceType,
    activeVersionNumber: z.int().positive(),
  }),
  /** Another activation for the same workspace and source won. */
  z.object({ code: z.literal('CONFIG_VERSION_CONFLICT'), sourceType: ConfigSourceType }),
  z.object({
    code: z.literal('POLICY_NOT_FOUND'),
    configVersionId: id,
    scopeCode: z.string(),
    vendorCode: z.string().nullable(),
    atpCategory: AtpCategory,
  }),
  z.object({ code: z.literal('WORKFLOW_NOT_FOUND'), workflowId: id }),
  /** The stage does not await a decision (any more); of two simultaneous decisions one gets this. */
  z.object({ code: z.literal('STAGE_NOT_PENDING'), stageId: id, status: WorkflowStageStatus }),
]);
export type AppErrorData = z.infer<typeof AppErrorData>;

/** Name of an error, `NOUN_CONDITION`. */
export type AppErrorCode = AppErrorData['code'];

/** The facts that come with one error code. */
export type AppErrorOf<Code extends AppErrorCode> = Extract<AppErrorData, { code: Code }>;
