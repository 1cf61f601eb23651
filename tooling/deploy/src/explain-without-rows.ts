import { explain } from './explain.ts';
import type { Failure } from './failure.ts';

/**
 * The sentence of {@link explain} without what rows of the target may hold: what a server, a program, a hook or another
 * session said. Null where nothing would be left.
 */
export function explainWithoutRows(failure: Failure): string | null {
  switch (failure.code) {
    case 'MIGRATION_FAILED':
      return explain({ ...failure, message: 'the server refuses it', detail: null, hint: null });
    case 'LOCK_TIMEOUT':
    case 'BACKUP_BLOCKED':
      return explain({ ...failure, problem: 'another session holds it', blockers: [] });
    case 'LOCK_BUDGET_EXCEEDED':
      return explain({ ...failure, blockers: [] });
    case 'HOOK_FAILED':
      return explain({ ...failure, output: '' });
    case 'ROLLBACK_FAILED':
      return explain({ ...failure, cause: 'Its report tells the cause where the deployment ran.' });
    case 'SERVER_VERSION_UNSUPPORTED':
    case 'PRIVILEGE_MISSING':
    case 'TOOL_MISSING':
    case 'DISK_SPACE_SHORT':
    case 'LOCKED':
    case 'LOCK_LOST':
    case 'TARGET_CHANGED':
    case 'PRISMA_LOCKED':
    case 'CANCELLED':
    case 'INTERRUPTED':
    case 'BACKUP_FOREIGN':
    case 'BACKUP_NOT_FOUND':
    case 'DEPLOYMENT_NOT_FOUND':
    case 'TARGET_UNKNOWN':
    case 'URL_MISSING':
      return explain(failure);
    case 'API_CHECK_FAILED':
    case 'API_UNKNOWN':
    case 'BACKUP_DAMAGED':
    case 'CONFIG_INVALID':
    case 'CONNECTION_FAILED':
    case 'CONNECTION_LOST':
    case 'DISK_FULL':
    case 'EMBEDDED_SERVER_FAILED':
    case 'IDENTITY_UNUSABLE':
    case 'INTERNAL':
    case 'MOMENT_UNREACHABLE':
    case 'NOTIFICATION_FAILED':
    case 'PGBACKREST_UNUSABLE':
    case 'RECOVERY_NEEDED':
    case 'RESTORE_DIFFERS':
    case 'SERVER_REFUSED':
    case 'STORE_FAILED':
    case 'STORE_LOST':
    case 'TARGET_DOWN':
    case 'TOOL_FAILED':
    case 'TRACE_NOT_SENT':
    case 'URL_INVALID':
    case 'USAGE_INVALID':
    case 'VERIFICATION_FAILED':
      return null;
  }
}
