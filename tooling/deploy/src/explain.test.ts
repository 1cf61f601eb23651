import { describe, expect, it } from 'vitest';
import { exitCodeOf } from './exit-codes.ts';
import { explain } from './explain.ts';
import type { Blocker, Failure, FailureCode } from './failure.ts';

const BLOCKER: Blocker = {
  pid: 4711,
  user: 'app',
  application: 'batch',
  state: 'idle in transaction',
  query: 'update sites',
  transactionStartedAt: '2026-11-22T21:03:10Z',
};
const NOBODY: Blocker = {
  pid: 4712,
  user: null,
  application: '',
  state: null,
  query: 'select 1',
  transactionStartedAt: null,
};
const CONNECTION = {
  host: 'db',
  port: 5432,
  user: 'deployer',
  database: 'apms',
  problem: 'as the server said',
};
const SQL = {
  migration: '2026_m',
  file: '2026_m/migration.sql',
  line: 7,
  column: 3,
  statement: 'alter table t add a int',
  sqlState: '42P01',
  message: 'relation "t" does not exist',
  detail: 'more',
  hint: 'help',
};
const UNPLACED = { line: null, column: null, statement: null, sqlState: null, detail: null, hint: null };

/** At least one example of every failure, with every fact that may be missing once present and once not. */
const EXAMPLES: { [Code in FailureCode]: Extract<Failure, { code: Code }>[] } = {
  CONFIG_INVALID: [{ code: 'CONFIG_INVALID', file: '/srv/deploy.config.ts', problems: ['targets.x: wrong'] }],
  USAGE_INVALID: [{ code: 'USAGE_INVALID', problem: 'There is no such option.', next: 'See --help.' }],
  TARGET_UNKNOWN: [
    { code: 'TARGET_UNKNOWN', target: 'qa', known: ['production', 'staging'] },
    { code: 'TARGET_UNKNOWN', target: 'qa', known: [] },
  ],
  URL_MISSING: [{ code: 'URL_MISSING', target: 'production', variable: 'PRODUCTION_DATABASE_URL' }],
  URL_INVALID: [{ code: 'URL_INVALID', variable: 'PRODUCTION_DATABASE_URL', problem: 'It is not a URL.' }],
  EMBEDDED_SERVER_FAILED: [
    { code: 'EMBEDDED_SERVER_FAILED', target: 'production', problem: 'The port is taken.' },
  ],
  CONNECTION_FAILED: (['unreachable', 'authentication', 'database-missing', 'refused'] as const).map(
    (reason) => ({
      code: 'CONNECTION_FAILED' as const,
      reason,
      ...CONNECTION,
    }),
  ),
  CONNECTION_LOST: [{ code: 'CONNECTION_LOST', during: 'backup', problem: 'the server closed it' }],
  SERVER_VERSION_UNSUPPORTED: [{ code: 'SERVER_VERSION_UNSUPPORTED', version: '13.2' }],
  PRIVILEGE_MISSING: [{ code: 'PRIVILEGE_MISSING', user: 'deployer', missing: ['CREATEDB', 'BYPASSRLS'] }],
  TOOL_MISSING: [
    { code: 'TOOL_MISSING', tool: 'pg_dump', serverMajor: 16, found: [], configured: null },
    {
      code: 'TOOL_MISSING',
      tool: 'pg_dump',
      serverMajor: 16,
      found: [{ path: '/usr/bin/pg_dump', major: 15 }],
      configured: '/usr/bin',
    },
  ],
  TOOL_FAILED: [
    { code: 'TOOL_FAILED', tool: 'pg_dump', exitCode: 1, signal: null, problem: 'as it wrote' },
    { code: 'TOOL_FAILED', tool: 'pg_dump', exitCode: null, signal: 'SIGKILL', problem: 'as it wrote' },
    { code: 'TOOL_FAILED', tool: 'pg_dump', exitCode: null, signal: null, problem: 'as it wrote' },
  ],
  DISK_SPACE_SHORT: [{ code: 'DISK_SPACE_SHORT', path: '/srv/.deploy', neededBytes: 5e9, freeBytes: 1e6 }],
  DISK_FULL: [{ code: 'DISK_FULL', during: 'backup', problem: 'no space left' }],
  STORE_FAILED: (['credentials', 'denied', 'bucket', 'clock', 'unreachable', 'other'] as const).map(
    (reason) => ({ code: 'STORE_FAILED' as const, reason, store: 's3://backups/', problem: 'as it said' }),
  ),
  IDENTITY_UNUSABLE: (['missing', 'unreadable', 'wrong'] as const).map((reason) => ({
    code: 'IDENTITY_UNUSABLE' as const,
    backup: '2026',
    encryptedTo: ['age1abc', 'age1def'],
    reason,
    source: '/etc/apms/identity',
    problem: 'as it is',
  })),
  STORE_LOST: [{ code: 'STORE_LOST', store: 's3://backups/', problem: 'connection refused' }],
  LOCKED: [
    {
      code: 'LOCKED',
      target: 'staging',
      holder: 'deployment 1 of ann@host (pid 3)',
      since: '2026-11-22T21:03:10Z',
    },
    { code: 'LOCKED', target: 'staging', holder: 'another session', since: null },
  ],
  LOCK_LOST: [{ code: 'LOCK_LOST', target: 'staging' }],
  TARGET_CHANGED: [
    { code: 'TARGET_CHANGED', target: 'staging', problem: 'its migration history is another.' },
  ],
  PRISMA_LOCKED: [
    { code: 'PRISMA_LOCKED', target: 'staging', holder: 'prisma (pid 3)', waitedMs: 10_000 },
    { code: 'PRISMA_LOCKED', target: 'staging', holder: null, waitedMs: 10_000 },
  ],
  MIGRATION_FAILED: [
    { code: 'MIGRATION_FAILED', ...SQL },
    { code: 'MIGRATION_FAILED', ...SQL, ...UNPLACED },
    { code: 'MIGRATION_FAILED', ...SQL, statement: 'x'.repeat(1_000) },
  ],
  LOCK_TIMEOUT: [
    {
      code: 'LOCK_TIMEOUT',
      migration: '2026_m',
      attempts: 5,
      lockTimeoutMs: 3_000,
      problem: 'timeout',
      blockers: [BLOCKER, NOBODY],
    },
    {
      code: 'LOCK_TIMEOUT',
      migration: '2026_m',
      attempts: 1,
      lockTimeoutMs: 3_000,
      problem: 'timeout',
      blockers: [],
    },
  ],
  LOCK_BUDGET_EXCEEDED: [1, 5].map((attempts) => ({
    code: 'LOCK_BUDGET_EXCEEDED',
    migration: '2026_m',
    attempts,
    allowedMs: 3_000,
    blockers: attempts === 1 ? [] : [BLOCKER],
  })),
  BACKUP_BLOCKED: [
    { code: 'BACKUP_BLOCKED', waitedMs: 15_000, problem: 'timeout', blockers: [BLOCKER, NOBODY] },
    { code: 'BACKUP_BLOCKED', waitedMs: 15_000, problem: 'timeout', blockers: [] },
  ],
  BACKUP_FOREIGN: [{ code: 'BACKUP_FOREIGN', backup: '2026', backupDatabase: 'old', targetDatabase: 'apms' }],
  BACKUP_NOT_FOUND: [{ code: 'BACKUP_NOT_FOUND', backup: '2026', store: '/srv/.deploy/staging' }],
  BACKUP_DAMAGED: [{ code: 'BACKUP_DAMAGED', backup: '2026', problems: ['dump: wrong checksum'] }],
  RESTORE_DIFFERS: [{ code: 'RESTORE_DIFFERS', backup: '2026', problems: ['public.sites has 1 row less'] }],
  PGBACKREST_UNUSABLE: (['stanza-missing', 'locked', 'archiving-broken'] as const).map((reason) => ({
    code: 'PGBACKREST_UNUSABLE' as const,
    stanza: 'main',
    reason,
    problem: 'It said so.',
  })),
  MOMENT_UNREACHABLE: [
    {
      code: 'MOMENT_UNREACHABLE',
      backup: '2026',
      moment: '2026-11-28T10:11:12Z',
      problem: 'the archive ends before.',
      next: 'Choose an earlier moment.',
    },
  ],
  TARGET_DOWN: [
    { code: 'TARGET_DOWN', target: 'staging', problem: 'It exited with 1.', next: 'Start it: pg_ctl start' },
  ],
  VERIFICATION_FAILED: [{ code: 'VERIFICATION_FAILED', problems: ['C1 failed'] }],
  HOOK_FAILED: [
    { code: 'HOOK_FAILED', hook: 'curl x', exitCode: 7, timedOut: false, output: 'refused' },
    { code: 'HOOK_FAILED', hook: 'curl x', exitCode: null, timedOut: true, output: '' },
    { code: 'HOOK_FAILED', hook: 'curl x', exitCode: null, timedOut: false, output: 'no such program' },
  ],
  NOTIFICATION_FAILED: [
    { code: 'NOTIFICATION_FAILED', kind: 'webhook', variable: 'TEAM_URL', problem: 'it answered 500' },
  ],
  TRACE_NOT_SENT: [
    { code: 'TRACE_NOT_SENT', problem: 'Bad Gateway' },
    { code: 'TRACE_NOT_SENT', problem: '' },
  ],
  API_UNKNOWN: [
    { code: 'API_UNKNOWN', target: 'staging', variable: 'STAGING_API_URL', problem: 'is not set' },
  ],
  API_CHECK_FAILED: [
    {
      code: 'API_CHECK_FAILED',
      host: 'apms.example',
      problem: 'GET /rest/me answered 401',
      timeoutMs: 60_000,
    },
  ],
  DEPLOYMENT_NOT_FOUND: [
    { code: 'DEPLOYMENT_NOT_FOUND', deployment: '2026', target: 'staging' },
    { code: 'DEPLOYMENT_NOT_FOUND', deployment: null, target: 'staging' },
  ],
  CANCELLED: [{ code: 'CANCELLED', during: 'backup' }],
  INTERRUPTED: [
    { code: 'INTERRUPTED', during: 'migrate', host: 'ci-7', pid: 4711 },
    { code: 'INTERRUPTED', during: null, host: 'ci-7', pid: 4711 },
  ],
  RECOVERY_NEEDED: [
    {
      code: 'RECOVERY_NEEDED',
      target: 'production',
      deployment: '20261122T224933Z-332b26',
      problem: 'a part of its migrations is committed and has no inverse.',
    },
  ],
  ROLLBACK_FAILED: [
    {
      code: 'ROLLBACK_FAILED',
      target: 'staging',
      backup: '/srv/backup',
      cause: 'The disk is full.',
      next: 'free some space',
    },
    {
      code: 'ROLLBACK_FAILED',
      target: 'staging',
      backup: null,
      cause: 'The disk is full.',
      next: 'free some space',
    },
  ],
  SERVER_REFUSED: [{ code: 'SERVER_REFUSED', problem: 'database "x" already exists', sqlState: '42P04' }],
  INTERNAL: [{ code: 'INTERNAL', problem: 'TypeError: x' }],
};

/** The values of a failure's facts, wherever they stand. */
function facts(value: unknown): (string | number)[] {
  if (typeof value === 'string' || typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(facts) : [];
}

describe('explain', () => {
  const failures: Failure[] = Object.values(EXAMPLES).flat();

  it.each(failures)('says $code in a sentence', (failure) => {
    const text = explain(failure);
    expect(text).toMatch(/^([A-Z/]|pg_dump )/);
    expect(text).not.toMatch(/undefined|null|NaN|\[object|\.\.(?!\.)| {2}[A-Z]|function/);
    expect(text.split('\n')[0]?.length).toBeGreaterThan(20);
    expect(text.length).toBeLessThan(800);
  });

  it.each(
    failures.filter(
      ({ code }) =>
        ![
          'CONNECTION_FAILED',
          'MIGRATION_FAILED',
          'STORE_FAILED',
          'IDENTITY_UNUSABLE',
          'PGBACKREST_UNUSABLE',
        ].includes(code),
    ),
  )('leaves no text of $code out', (failure) => {
    const { code: _, ...rest } = failure;
    const texts = facts(rest).filter((fact) => typeof fact === 'string' && fact !== '');
    for (const each of texts) expect(explain(failure)).toContain(each);
  });

  it('has an exit code for every failure', () => {
    const codes = failures.map(({ code }) => [code, exitCodeOf(code)]);
    expect(Object.fromEntries(codes)).toMatchObject({
      LOCKED: 5,
      ROLLBACK_FAILED: 6,
      CONFIG_INVALID: 2,
      CONNECTION_FAILED: 2,
      MIGRATION_FAILED: 1,
      SERVER_REFUSED: 1,
      INTERNAL: 1,
    });
    expect(codes.every(([, exitCode]) => [1, 2, 5, 6].includes(Number(exitCode)))).toBe(true);
  });
});
