import type { AppErrorData } from './errors.ts';
import type { RemediationRefusal } from './integrity-audit.ts';

/** The sentence for an error: what went wrong, where, and what to do next. */
export function errorMessage(error: AppErrorData): string {
  switch (error.code) {
    case 'UNAUTHENTICATED':
      return 'Sign in first, or send an API key.';
    case 'ACCOUNT_NOT_ACTIVE':
      return `The account is ${error.status}: an administrator can activate it.`;
    case 'PERMISSION_DENIED':
      return `Your role in this workspace does not include ${error.permission}.`;
    case 'WORKSPACE_REQUIRED':
      return 'Name the workspace in the header x-workspace-id.';
    case 'WORKSPACE_NOT_FOUND':
      return `You are not a member of a workspace ${error.workspaceId}.`;
    case 'SESSION_REQUIRED':
      return 'Sign in for this: an API key cannot do it.';
    case 'ACCOUNT_SHARED':
      return 'The account belongs to another workspace too: here only its memberships can be changed.';
    case 'MEMBERSHIP_LAST_ADMIN':
      return 'This is the last active ADMIN of the workspace: make somebody else one first.';
    case 'INPUT_INVALID':
      return 'The input does not fit: see inputIssues.';
    case 'CURSOR_INVALID':
      return 'The cursor does not belong to this list in this order: start again without one.';
    case 'PROCEDURE_NOT_FOUND':
      return `There is no procedure ${error.path}: /openapi.json lists them.`;
    case 'METHOD_NOT_ALLOWED':
      return 'Queries are called with GET, mutations with POST.';
    case 'BODY_TOO_LARGE':
      return `The body is larger than ${error.limitBytes} bytes: send less at once; files are uploaded to /documents.`;
    case 'HEADERS_TOO_LARGE':
      return `The URL and the headers are larger than ${error.limitBytes} bytes: send a long input by POST.`;
    case 'BATCH_TOO_LARGE':
      return `A batch holds at most ${error.limit} calls: send several.`;
    case 'RATE_LIMITED':
      return `Too many requests: try again in ${Math.ceil(error.retryAfterMs / 1000)} s.`;
    case 'TIMED_OUT':
      return 'It took too long and was given up; nothing was changed. Try again with less.';
    case 'IDEMPOTENCY_KEY_REUSED':
      return `The idempotency key ${error.key} was used for another call: take a new one.`;
    case 'IDEMPOTENCY_KEY_BATCHED':
      return 'A call with an idempotency key cannot be part of a batch.';
    case 'ENTITY_NOT_FOUND':
      return `There is no ${error.entity} ${error.id} in this workspace.`;
    case 'REFERENCE_NOT_FOUND':
      return `${error.field} names a row of ${error.entity} that does not exist here${error.id === null ? '' : `: ${error.id}`}.`;
    case 'ENTITY_DUPLICATE':
      return `Another row of ${error.entity} has the same ${error.fields.join(', ')}${error.value === null ? '' : `: ${error.value}`}.`;
    case 'ENTITY_IN_USE':
      return `Rows of ${error.usedBy} still refer to it.`;
    case 'CONSTRAINT_VIOLATED':
      return `The values break the rule ${error.constraint} of ${error.entity}.`;
    case 'TRANSITION_ILLEGAL':
      return `The ${error.entity} is ${error.from}: ${error.action} is not possible.`;
    case 'HISTORY_IMMUTABLE':
      return `Rows of ${error.entity} are history and are kept as they were written.`;
    case 'CONFIG_VERSION_NOT_DRAFT':
      return `The config version is ${error.status}; only a DRAFT can be edited. Import a new version.`;
    case 'CONFIG_VERSION_ACTIVE':
      return 'The config version is ACTIVE and cannot be removed: activate another first.';
    case 'CONFIG_VERSION_NOT_VALID':
      return error.validationStatus === 'WARNINGS'
        ? 'The config version has warnings: acknowledge them to activate it.'
        : `The config version is ${error.validationStatus} and cannot be activated: mend its errors and import again.`;
    case 'CONFIG_VERSION_UNCHANGED':
      return `The file is the one of the ACTIVE version ${error.activeVersionNumber}: there is nothing to import.`;
    case 'CONFIG_VERSION_OUTDATED':
      return `Version ${error.activeVersionNumber} is ACTIVE and newer than this one: import the file again.`;
    case 'CONFIG_VERSION_CONFLICT':
      return `Another ${error.sourceType} version was activated at the same moment: look at it, then try again.`;
    case 'CONFIG_VERSION_MISSING':
      return `No ${error.sourceType} version is ACTIVE: import and activate one.`;
    case 'WORKBOOK_UNREADABLE':
      return `The file cannot be imported (${error.reason}): save it as an .xlsx workbook and upload it again.`;
    case 'POLICY_NOT_FOUND':
      return `No policy for scope ${error.scopeCode}, vendor ${error.vendorCode ?? '(any)'}, category ${error.atpCategory} in the config version: choose another, or import a version that has one.`;
    case 'APPROVER_NOT_FOUND':
      return `Nobody active sits in seat ${error.roleCode} of stage ${error.stageNumber}${error.clusterCode === null ? ', and the site names no cluster: name it' : ` for cluster ${error.clusterCode}: activate who does`}, or request an override.`;
    case 'STAGE_NOT_PENDING':
      return `The stage is ${error.status} and awaits no decision: look at the workflow's timeline.`;
    case 'STAGE_NOT_YOURS':
      return 'The stage awaits the decision of somebody else: it can be reassigned, or an override requested.';
    case 'PUNCHLIST_ITEMS_INVALID':
      return `The punchlist items do not fit ${error.decision}: ${error.reason}.`;
    case 'SUBMISSION_OPEN':
      return `Submission ${error.submissionNumber} for the same site, scope and category is still open.`;
    case 'SUBMISSION_WITHOUT_DOCUMENTS':
      return 'Attach at least one document before you submit.';
    case 'PUNCHLIST_NOT_CLOSED':
      return `${error.openItems} punchlist items are still open: they have to be closed first.`;
    case 'EVIDENCE_REQUIRED':
      return 'Rectifying an item takes an evidence document.';
    case 'ITEM_NOT_YOURS':
      return 'Only the person who raised the item may do this: ask them.';
    case 'OVERRIDE_SELF_APPROVED':
      return `You are the ${error.as} of this override: somebody else has to approve it.`;
    case 'DOCUMENT_TOO_LARGE':
      return `The document is larger than ${error.limitBytes} bytes: divide or compress it.`;
    case 'DOCUMENT_EMPTY':
      return 'The document has no content: choose another file.';
    case 'DOCUMENT_TYPE_REFUSED':
      return `Documents of type ${error.mediaType} are not accepted; accepted are ${error.allowed.join(', ')}.`;
    case 'DOCUMENT_CORRUPT':
      return 'The content is not what its checksum says: send it again.';
    case 'INTEGRITY_AUDIT_RUNNING':
      return 'An integrity audit is running: wait for it, and look at its findings.';
    case 'ORPHAN_NOT_FOUND':
      return `No orphans of ${error.constraintName} in this workspace (any more): ${error.rowIds.join(', ')}.`;
    case 'REMEDIATION_REFUSED':
      return `Rows of ${error.table} cannot be remedied: ${refusalReasons[error.reason]}.`;
    case 'DATABASE_UNAVAILABLE':
      return 'The database does not answer at the moment: try again.';
    case 'TRANSACTION_CONFLICT':
      return 'Another change got in the way: try again.';
    case 'INTERNAL':
      return 'Something went wrong on our side; the request id helps to find out what.';
  }
}

const refusalReasons = {
  HISTORY: 'they, or what is part of them, are history and are kept as they were written',
  FROZEN_VERSION: 'their config version has left DRAFT and is never edited',
  FROZEN_WORKFLOW: 'a workflow keeps the config version that it was started from',
  NO_WORKSPACE: 'they belong to no workspace, so an operator of the database has to look at them',
  OWNERSHIP: 'the reference is the workspace itself, which says whose they are',
  NOT_GRANTED: 'the system may not change the table',
} as const satisfies Record<RemediationRefusal, string>;
