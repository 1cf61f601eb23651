import type { ValueOf, ValueSet } from '../messages/values-of.ts';
import type { Tone } from './badge.tsx';

/** Value sets of the API that are shown as badges. */
export type ToneSet = keyof typeof valueTones;

/** How good or bad each value is. */
export const valueTones = {
  UserStatus: { ACTIVE: 'good', INACTIVE: 'neutral', SUSPENDED: 'bad', PENDING: 'warn' },
  SubmissionStatus: {
    DRAFT: 'neutral',
    QA_REVIEW: 'info',
    IN_REVIEW: 'info',
    APPROVED: 'good',
    APPROVED_WITH_PUNCHLIST: 'warn',
    RECTIFICATION: 'bad',
    COMPLETED: 'good',
    CANCELLED: 'neutral',
  },
  WorkflowStatus: {
    IN_PROGRESS: 'info',
    ON_HOLD: 'warn',
    COMPLETED: 'good',
    REJECTED: 'bad',
    CANCELLED: 'neutral',
  },
  WorkflowStageStatus: {
    WAITING: 'neutral',
    PENDING: 'info',
    APPROVED: 'good',
    APPROVED_WITH_PUNCHLIST: 'warn',
    REJECTED: 'bad',
    SKIPPED: 'neutral',
    CANCELLED: 'neutral',
  },
  PunchlistStatus: { OPEN: 'warn', CLOSED: 'good', CANCELLED: 'neutral' },
  PunchlistItemStatus: { OPEN: 'bad', RECTIFIED: 'warn', QA_VALIDATED: 'info', CLOSED: 'good' },
  PunchlistItemSeverity: { CRITICAL: 'bad', MAJOR: 'warn', MINOR: 'neutral' },
  ConfigVersionStatus: { DRAFT: 'info', ACTIVE: 'good', SUPERSEDED: 'neutral', ARCHIVED: 'neutral' },
  ValidationStatus: { PENDING: 'neutral', VALID: 'good', WARNINGS: 'warn', INVALID: 'bad' },
  ConfigChange: { ADDED: 'good', REMOVED: 'bad', CHANGED: 'info' },
  ApproverSource: {
    PRIMARY: 'neutral',
    BACKUP: 'warn',
    STATIC_USER: 'neutral',
    RULE: 'neutral',
    AUTO: 'neutral',
    OVERRIDE: 'info',
  },
  FindingSeverity: { ERROR: 'bad', WARNING: 'warn' },
  OverrideApprovalStatus: { PENDING: 'warn', APPROVED: 'good', REJECTED: 'bad', REVOKED: 'neutral' },
  SiteStatus: { PLANNED: 'info', ACTIVE: 'good', INACTIVE: 'neutral', DISMANTLED: 'neutral' },
  IntegrityHealth: { HEALTHY: 'good', WARNING: 'warn', CRITICAL: 'bad' },
  OrphanSeverity: { CRITICAL: 'bad', WARNING: 'warn' },
  DeploymentOutcome: {
    deployed: 'good',
    'nothing-to-do': 'neutral',
    'rolled-back': 'bad',
    'no-go': 'bad',
    hold: 'warn',
    locked: 'warn',
    failed: 'bad',
    'rollback-failed': 'bad',
  },
  Decision: { GO: 'good', HOLD: 'warn', 'NO-GO': 'bad' },
} as const satisfies { [Set in ValueSet]?: Record<ValueOf<Set>, Tone> };
