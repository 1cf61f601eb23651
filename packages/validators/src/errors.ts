import { z } from 'zod';
import { AtpCategory } from './approval-policy.ts';
import { ConfigSourceType, ConfigVersionStatus, ValidationStatus } from './config-version.ts';
import { EntityName } from './entity.ts';
import { RemediationRefusal } from './integrity-audit.ts';
import { Permission } from './permission.ts';
import { StageDecision, WorkflowStageStatus } from './workflow.ts';
import { UserStatus } from './workspace.ts';

const id = z.string();

/**
 * Everything a caller can be told went wrong, each code with the facts that a readable message needs.
 * Clients narrow on `code`.
 */
export const AppErrorData = z.discriminatedUnion('code', [
  // Who is calling, and where.
  z.object({ code: z.literal('UNAUTHENTICATED') }),
  z.object({ code: z.literal('ACCOUNT_NOT_ACTIVE'), status: UserStatus }),
  z.object({ code: z.literal('PERMISSION_DENIED'), permission: Permission }),
  z.object({ code: z.literal('WORKSPACE_REQUIRED') }),
  /** There is none, or the caller is not a member of it: not told apart. */
  z.object({ code: z.literal('WORKSPACE_NOT_FOUND'), workspaceId: id }),
  /** Only a person who signed in may do this, no program with an API key. */
  z.object({ code: z.literal('SESSION_REQUIRED') }),
  /** The account is known in another workspace too: no single one of them may change it. */
  z.object({ code: z.literal('ACCOUNT_SHARED'), userId: id }),
  /** Without this membership nobody could manage the workspace any more. */
  z.object({ code: z.literal('MEMBERSHIP_LAST_ADMIN'), userId: id }),

  // What was asked.
  /** The input does not fit the procedure's schema; `inputIssues` of the error say where. */
  z.object({ code: z.literal('INPUT_INVALID') }),
  z.object({ code: z.literal('CURSOR_INVALID') }),
  z.object({ code: z.literal('PROCEDURE_NOT_FOUND'), path: z.string() }),
  z.object({ code: z.literal('METHOD_NOT_ALLOWED') }),
  z.object({ code: z.literal('BODY_TOO_LARGE'), limitBytes: z.int() }),
  /** The URL and the headers together. */
  z.object({ code: z.literal('HEADERS_TOO_LARGE'), limitBytes: z.int() }),
  z.object({ code: z.literal('BATCH_TOO_LARGE'), limit: z.int() }),
  z.object({ code: z.literal('RATE_LIMITED'), retryAfterMs: z.int() }),
  /** Given up after a while; nothing was changed. */
  z.object({ code: z.literal('TIMED_OUT') }),
  /** The key was used before, for another procedure or another input. */
  z.object({ code: z.literal('IDEMPOTENCY_KEY_REUSED'), key: z.string() }),
  /** A key stands for one mutation and cannot be sent with a batch of several. */
  z.object({ code: z.literal('IDEMPOTENCY_KEY_BATCHED') }),

  // Rows and their references.
  z.object({ code: z.literal('ENTITY_NOT_FOUND'), entity: EntityName, id }),
  /** A row refers to one that does not exist in its workspace (or config version). */
  z.object({
    code: z.literal('REFERENCE_NOT_FOUND'),
    entity: z.string(),
    field: z.string(),
    id: id.nullable(),
  }),
  /** Another row has the same natural key. */
  z.object({
    code: z.literal('ENTITY_DUPLICATE'),
    entity: z.string(),
    fields: z.array(z.string()),
    value: z.string().nullable(),
  }),
  /** Other rows still refer to it. */
  z.object({ code: z.literal('ENTITY_IN_USE'), entity: z.string(), id: id.nullable(), usedBy: z.string() }),
  /** A rule that the database itself holds refused the values. */
  z.object({ code: z.literal('CONSTRAINT_VIOLATED'), entity: z.string(), constraint: z.string() }),
  /** The entity is not in a state in which this can be done; nothing was changed. */
  z.object({
    code: z.literal('TRANSITION_ILLEGAL'),
    entity: EntityName,
    id,
    from: z.string(),
    action: z.string(),
  }),
  /** History is kept as it was written. */
  z.object({ code: z.literal('HISTORY_IMMUTABLE'), entity: z.string() }),

  // Configuration.
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
  /** A newer version is ACTIVE: versions only go forward. */
  z.object({
    code: z.literal('CONFIG_VERSION_OUTDATED'),
    configVersionId: id,
    activeVersionNumber: z.int().positive(),
  }),
  /** Another activation for the same workspace and source won. */
  z.object({ code: z.literal('CONFIG_VERSION_CONFLICT'), sourceType: ConfigSourceType }),
  z.object({ code: z.literal('CONFIG_VERSION_MISSING'), sourceType: ConfigSourceType }),
  /** The file cannot be read as a workbook at all; its findings say why. */
  z.object({ code: z.literal('WORKBOOK_UNREADABLE'), documentId: id, reason: z.string() }),

  // Routing and decisions.
  z.object({
    code: z.literal('POLICY_NOT_FOUND'),
    configVersionId: id,
    scopeCode: z.string(),
    vendorCode: z.string().nullable(),
    atpCategory: AtpCategory,
  }),
  /** Nobody who could decide sits in the seat. */
  z.object({
    code: z.literal('APPROVER_NOT_FOUND'),
    roleCode: z.string(),
    stageNumber: z.int(),
    clusterCode: z.string().nullable(),
  }),
  /** The stage does not await a decision (any more); of two simultaneous decisions one gets this. */
  z.object({ code: z.literal('STAGE_NOT_PENDING'), stageId: id, status: WorkflowStageStatus }),
  z.object({ code: z.literal('STAGE_NOT_YOURS'), stageId: id }),
  /** The items do not fit the decision: a rejection needs a CRITICAL one, an approval has none of these. */
  z.object({ code: z.literal('PUNCHLIST_ITEMS_INVALID'), decision: StageDecision, reason: z.string() }),
  /** There is an open submission for the same site, scope and category. */
  z.object({ code: z.literal('SUBMISSION_OPEN'), submissionNumber: z.string() }),
  z.object({ code: z.literal('SUBMISSION_WITHOUT_DOCUMENTS'), submissionId: id }),
  z.object({ code: z.literal('PUNCHLIST_NOT_CLOSED'), submissionId: id, openItems: z.int() }),
  z.object({ code: z.literal('EVIDENCE_REQUIRED'), itemId: id }),
  /** Only the person who raised the item may do this. */
  z.object({ code: z.literal('ITEM_NOT_YOURS'), itemId: id }),
  /** An override is approved by neither the one who asked for it nor the one who gains by it. */
  z.object({
    code: z.literal('OVERRIDE_SELF_APPROVED'),
    overrideId: id,
    as: z.enum(['requester', 'beneficiary']),
  }),

  // Documents.
  z.object({ code: z.literal('DOCUMENT_TOO_LARGE'), limitBytes: z.int() }),
  z.object({ code: z.literal('DOCUMENT_EMPTY') }),
  z.object({
    code: z.literal('DOCUMENT_TYPE_REFUSED'),
    mediaType: z.string(),
    allowed: z.array(z.string()),
  }),
  z.object({ code: z.literal('DOCUMENT_CORRUPT'), expectedSha256: z.string(), actualSha256: z.string() }),

  // Integrity.
  /** One audit at a time: another one is running. */
  z.object({ code: z.literal('INTEGRITY_AUDIT_RUNNING') }),
  /** These rows of the workspace are no orphans, or not any more; nothing was changed. */
  z.object({ code: z.literal('ORPHAN_NOT_FOUND'), constraintName: z.string(), rowIds: z.array(z.string()) }),
  z.object({
    code: z.literal('REMEDIATION_REFUSED'),
    constraintName: z.string(),
    table: z.string(),
    reason: RemediationRefusal,
  }),

  // The system itself.
  /** The database does not answer; the same call may succeed in a moment. */
  z.object({ code: z.literal('DATABASE_UNAVAILABLE') }),
  /** Two transactions stood in each other's way; the same call may succeed at once. */
  z.object({ code: z.literal('TRANSACTION_CONFLICT') }),
  z.object({ code: z.literal('INTERNAL') }),
]);
export type AppErrorData = z.infer<typeof AppErrorData>;

/** Name of an error, `NOUN_CONDITION`. */
export type AppErrorCode = AppErrorData['code'];

/** The facts that come with one error code. */
export type AppErrorOf<Code extends AppErrorCode> = Extract<AppErrorData, { code: Code }>;

/** One thing wrong with an input: where in it, and why. */
export const InputIssue = z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() });
export type InputIssue = z.infer<typeof InputIssue>;
