/** A session that kept a migration from its lock, as pg_stat_activity shows it. */
export interface Blocker {
  pid: number;
  user: string | null;
  application: string;
  state: string | null;
  query: string;
  transactionStartedAt: string | null;
}

/** Where in a migration the server stopped, and what it said. */
export interface SqlFailure {
  migration: string;
  file: string;
  line: number | null;
  column: number | null;
  statement: string | null;
  sqlState: string | null;
  message: string;
  detail: string | null;
  hint: string | null;
}

/** Why a store of backups cannot be used. */
export type StoreFailureReason = 'credentials' | 'denied' | 'bucket' | 'clock' | 'unreachable' | 'other';
/** Why pgBackRest cannot serve a target. */
export type PgbackrestReason =
  | 'program-missing'
  | 'program-failed'
  | 'program-old'
  | 'wrong-user'
  | 'wrong-directory'
  | 'wrong-cluster'
  | 'privilege-missing'
  | 'server-missing'
  | 'directory-not-renamable'
  | 'space-short'
  | 'tablespaces'
  | 'stanza-missing'
  | 'stanza-damaged'
  | 'locked'
  | 'archiving-off'
  | 'archiving-broken';

/** Everything that can stop a command, each with the facts that its sentence needs. No fact is ever a secret. */
export type Failure =
  | { code: 'CONFIG_INVALID'; file: string; problems: string[] }
  | { code: 'USAGE_INVALID'; problem: string; next: string }
  | { code: 'TARGET_UNKNOWN'; target: string; known: string[] }
  | { code: 'URL_MISSING'; target: string; variable: string }
  | { code: 'URL_INVALID'; variable: string; problem: string }
  | { code: 'EMBEDDED_SERVER_FAILED'; target: string; problem: string }
  | {
      code: 'CONNECTION_FAILED';
      reason: 'unreachable' | 'authentication' | 'database-missing' | 'refused';
      host: string;
      port: number;
      user: string;
      database: string;
      problem: string;
    }
  | { code: 'CONNECTION_LOST'; during: string; problem: string }
  | { code: 'SERVER_VERSION_UNSUPPORTED'; version: string }
  | { code: 'PRIVILEGE_MISSING'; user: string; missing: string[] }
  | {
      code: 'TOOL_MISSING';
      tool: string;
      serverMajor: number;
      found: { path: string; major: number }[];
      /** The only directory that was looked into; null when none is configured. */
      configured: string | null;
    }
  | { code: 'TOOL_FAILED'; tool: string; exitCode: number | null; signal: string | null; problem: string }
  | { code: 'DISK_SPACE_SHORT'; path: string; neededBytes: number; freeBytes: number }
  | { code: 'DISK_FULL'; during: string; problem: string }
  | { code: 'STORE_FAILED'; store: string; reason: StoreFailureReason; problem: string }
  | { code: 'STORE_LOST'; store: string; problem: string }
  | {
      code: 'IDENTITY_UNUSABLE';
      backup: string;
      encryptedTo: string[];
      reason: 'missing' | 'unreadable' | 'wrong';
      /** The file, or the variable, that was to hold it. */
      source: string;
      problem: string;
    }
  | { code: 'LOCKED'; target: string; holder: string; since: string | null }
  | { code: 'LOCK_LOST'; target: string }
  | { code: 'TARGET_CHANGED'; target: string; problem: string }
  | { code: 'PRISMA_LOCKED'; target: string; holder: string | null; waitedMs: number }
  | ({ code: 'MIGRATION_FAILED' } & SqlFailure)
  | {
      code: 'LOCK_TIMEOUT';
      migration: string;
      attempts: number;
      lockTimeoutMs: number;
      problem: string;
      blockers: Blocker[];
    }
  | {
      code: 'LOCK_BUDGET_EXCEEDED';
      migration: string;
      attempts: number;
      allowedMs: number;
      blockers: Blocker[];
    }
  | { code: 'BACKUP_BLOCKED'; waitedMs: number; problem: string; blockers: Blocker[] }
  | { code: 'BACKUP_NOT_FOUND'; backup: string; store: string }
  | { code: 'BACKUP_FOREIGN'; backup: string; backupDatabase: string; targetDatabase: string }
  | { code: 'BACKUP_DAMAGED'; backup: string; problems: string[] }
  | { code: 'RESTORE_DIFFERS'; backup: string; problems: string[] }
  | { code: 'PGBACKREST_UNUSABLE'; stanza: string; reason: PgbackrestReason; problem: string }
  | { code: 'MOMENT_UNREACHABLE'; backup: string; moment: string; problem: string; next: string }
  | { code: 'TARGET_DOWN'; target: string; problem: string; next: string }
  | { code: 'VERIFICATION_FAILED'; problems: string[] }
  | { code: 'HOOK_FAILED'; hook: string; exitCode: number | null; timedOut: boolean; output: string }
  | { code: 'NOTIFICATION_FAILED'; kind: 'webhook' | 'email'; variable: string; problem: string }
  | { code: 'TRACE_NOT_SENT'; problem: string }
  | { code: 'API_UNKNOWN'; target: string; variable: string; problem: string }
  | { code: 'API_CHECK_FAILED'; host: string; problem: string; timeoutMs: number }
  | { code: 'DEPLOYMENT_NOT_FOUND'; deployment: string | null; target: string }
  | { code: 'CANCELLED'; during: string }
  /** The process of a run ended without a word; a recovery found out what it came to. */
  | { code: 'INTERRUPTED'; during: string | null; host: string; pid: number }
  /** A killed run left the target where only its backup leads back; going there is not begun unasked. */
  | { code: 'RECOVERY_NEEDED'; target: string; deployment: string; problem: string }
  | { code: 'ROLLBACK_FAILED'; target: string; backup: string | null; cause: string; next: string }
  | { code: 'SERVER_REFUSED'; problem: string; sqlState: string }
  | { code: 'INTERNAL'; problem: string };

export type FailureCode = Failure['code'];

/** The only error that the deploy tool throws on purpose: a {@link Failure}, its sentence composed in explain.ts. */
export class DeployError extends Error {
  override readonly name = 'DeployError';
  readonly failure: Failure;

  constructor(failure: Failure, options?: { cause?: unknown }) {
    super(failure.code, options);
    this.failure = failure;
  }
}

/** Whatever was thrown, as a {@link Failure}. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof DeployError) return thrown.failure;
  const full = diskFullProblem(thrown);
  if (full !== undefined) return { code: 'DISK_FULL', during: 'a local file', problem: full };
  if (isServerError(thrown))
    return { code: 'SERVER_REFUSED', problem: thrown.message, sqlState: thrown.code };
  return {
    code: 'INTERNAL',
    problem: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
  };
}

/** Whether the database server itself said no; postgres.ts knows such errors by their class, which imports this file. */
function isServerError(thrown: unknown): thrown is Error & { code: string } {
  return (
    thrown instanceof Error && 'severity' in thrown && 'code' in thrown && typeof thrown.code === 'string'
  );
}

/** What SQLite, which keeps the lock files, calls a full disk. */
const SQLITE_FULL = 13;

/** What a file of this machine said that found no more space, be it as the cause of another error; else undefined. */
export function diskFullProblem(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const code = 'code' in thrown ? thrown.code : undefined;
  const isFull =
    code === 'ENOSPC' || code === 'EDQUOT' || ('errcode' in thrown && thrown.errcode === SQLITE_FULL);
  return isFull ? thrown.message : diskFullProblem(thrown.cause);
}
