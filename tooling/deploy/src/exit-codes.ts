import type { DeploymentOutcome } from '@apms/validators';
import type { FailureCode } from './failure.ts';

/** What the process exits with. @source docs/runbooks/deploy.md */
export const EXIT_CODES = {
  deployed: 0,
  'nothing-to-do': 0,
  'rolled-back': 1,
  failed: 1,
  'no-go': 3,
  hold: 4,
  locked: 5,
  'rollback-failed': 6,
} as const satisfies Record<DeploymentOutcome, number>;

/** Usage, configuration or environment: nothing was begun, and the same command will fail again until it is mended. */
const USAGE = new Set<FailureCode>([
  'CONFIG_INVALID',
  'USAGE_INVALID',
  'TARGET_UNKNOWN',
  'URL_MISSING',
  'URL_INVALID',
  'EMBEDDED_SERVER_FAILED',
  'CONNECTION_FAILED',
  'SERVER_VERSION_UNSUPPORTED',
  'PRIVILEGE_MISSING',
  'TOOL_MISSING',
  'DISK_SPACE_SHORT',
  'API_UNKNOWN',
  'STORE_FAILED',
  'IDENTITY_UNUSABLE',
  'PGBACKREST_UNUSABLE',
  'MOMENT_UNREACHABLE',
  'BACKUP_NOT_FOUND',
  'BACKUP_FOREIGN',
  'DEPLOYMENT_NOT_FOUND',
]);

/** How a run ended that a failure ended. */
export function outcomeOf(code: FailureCode): DeploymentOutcome {
  if (code === 'LOCKED') return 'locked';
  return code === 'ROLLBACK_FAILED' || code === 'RECOVERY_NEEDED' ? 'rollback-failed' : 'failed';
}

/** The exit code of a command that a failure ended before it changed anything. */
export function exitCodeOf(code: FailureCode): number {
  if (USAGE.has(code)) return 2;
  if (code === 'LOCKED') return EXIT_CODES.locked;
  if (code === 'ROLLBACK_FAILED' || code === 'RECOVERY_NEEDED') return EXIT_CODES['rollback-failed'];
  return EXIT_CODES.failed;
}
