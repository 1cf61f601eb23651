import type { DeploymentReport } from '@apms/validators';
import {
  BACK_UP,
  CHECKS,
  check,
  DEPLOYED,
  FINISH,
  LOCK,
  MIGRATIONS,
  PHASED,
  PLAN,
  REHEARSE,
  stepsOf,
  TO_THE_GATE,
} from './deployed-report.ts';

const UNTOUCHED = {
  migrations: MIGRATIONS.map((migration) => ({ ...migration, applied: null })),
  rowCounts: DEPLOYED.rowCounts.map((rows) => ({ ...rows, after: null, byMigrations: 0 })),
  checks: CHECKS.filter(({ where }) => where === 'rehearsal'),
  transactionIds: [],
  lockedMs: null,
  hooks: [],
} satisfies Partial<DeploymentReport>;

const SQL_FAILURE = {
  code: 'MIGRATION_FAILED',
  message:
    'Migration 20261127100000_site_region_key fails at 20261127100000_site_region_key/migration.sql:8:1: insert or update on table "sites" violates foreign key constraint "fk_sites_region" (23503).\nDetail: Key (region_id)=(R-77) is not present in table "regions".\nStatement: ALTER TABLE sites ADD CONSTRAINT fk_sites_region FOREIGN KEY (region_id) REFERENCES regions (id)',
};

const variant = (changes: Partial<DeploymentReport>): DeploymentReport => ({ ...DEPLOYED, ...changes });

/** A report of every way in which a run can end. */
export const EXAMPLES = {
  deployed: DEPLOYED,
  'deployed in phases': variant(PHASED),
  'nothing-to-do': variant({
    ...UNTOUCHED,
    outcome: 'nothing-to-do',
    durationMs: 2_100,
    decision: null,
    steps: stepsOf(['plan', 1_910, 'PostgreSQL 16.4, 43 applied, 0 pending'], FINISH),
    migrations: [],
    checks: [],
    findings: [],
    rowCounts: [],
    backup: null,
    rehearsedLockedMs: null,
  }),
  'rolled-back in the transaction': variant({
    ...UNTOUCHED,
    outcome: 'rolled-back',
    exitCode: 1,
    failure: SQL_FAILURE,
    steps: stepsOf(
      ...TO_THE_GATE,
      ['migrate', 2_304, 'rolled back; the target is as it was', { passed: false }],
      FINISH,
    ),
    rollback: { way: 'transaction', verified: true, quarantine: null, lockedMs: null, leftBehind: [] },
  }),
  'rolled-back by inverses': variant({
    ...UNTOUCHED,
    outcome: 'rolled-back',
    exitCode: 1,
    failure: SQL_FAILURE,
    warnings: ['After the rollback, index public.idx_sites_code is missing: somebody else changed it.'],
    rollback: { way: 'inverses', verified: false, quarantine: null, lockedMs: null, leftBehind: [] },
  }),
  'rolled-back by a swap': variant({
    outcome: 'rolled-back',
    exitCode: 1,
    failure: {
      code: 'HOOK_FAILED',
      message:
        'The hook "node scripts/smoke.ts --level 43" exited with 1. It wrote: GET /health 503 Run it by hand to see why, then run the same command again.',
    },
    steps: stepsOf(
      ...TO_THE_GATE,
      ['migrate', 2_304, 'committed'],
      ['verify', 3_100, '11 of 11 checks passed'],
      [
        'smoke',
        420,
        'The hook "node scripts/smoke.ts --level 43" exited with 1.',
        { status: 'failed', passed: false },
      ],
      [
        'rollback',
        38_700,
        'swapped back to the backup in 249 ms; the replaced database is kept as "apms_failed_20261128t021004z_0a1b2c"; 17 rows written since the backup are only there',
      ],
      FINISH,
    ),
    hooks: DEPLOYED.hooks.map((hook) => ({ ...hook, exitCode: 1 })),
    rollback: {
      way: 'swap-back',
      verified: true,
      quarantine: 'apms_failed_20261128t021004z_0a1b2c',
      lockedMs: 249,
      leftBehind: [
        { table: 'public.punchlist_items', written: 15, updatedOrDeleted: 3 },
        { table: 'public.workflow_runs', written: 2, updatedOrDeleted: 0 },
      ],
    },
  }),
  'rolled-back by a recovery': variant({
    ...UNTOUCHED,
    outcome: 'rolled-back',
    exitCode: 1,
    decision: null,
    findings: [],
    checks: [],
    rehearsedLockedMs: null,
    migrations: UNTOUCHED.migrations.map((migration) => ({ ...migration, rehearsed: null })),
    steps: stepsOf(PLAN, LOCK, BACK_UP),
    recovered: { during: 'migrate', by: 'omar@release-2' },
    rollback: { way: 'transaction', verified: true, quarantine: null, lockedMs: null, leftBehind: [] },
  }),
  'rolled-back on request': variant({
    ...UNTOUCHED,
    command: 'rollback',
    outcome: 'rolled-back',
    decision: null,
    migrations: [],
    findings: [],
    checks: [],
    rehearsedLockedMs: null,
    steps: stepsOf(LOCK, ['rollback', 38_700, 'swapped back to the backup in 249 ms'], FINISH),
    rollback: {
      way: 'swap-back',
      verified: true,
      quarantine: 'apms_failed_20261128t021004z_0a1b2c',
      lockedMs: 249,
      leftBehind: [],
    },
  }),
  'no-go': variant({
    ...UNTOUCHED,
    outcome: 'no-go',
    exitCode: 3,
    decision: 'NO-GO',
    reasons: [
      '3 orphans in sites (region_id) → regions (fk_sites_region): S-1041, S-1042, S-2210.',
      'C1 Schema integrity failed: foreign key fk_sites_region is missing.',
    ],
    orphans: [
      {
        foreignKey: 'fk_sites_region',
        table: 'public.sites',
        count: 3,
        sampleIds: ['S-1041', 'S-1042', 'S-2210'],
      },
    ],
    checks: [
      check(
        'rehearsal',
        'C1',
        'Schema integrity',
        { tables: 16, foreignKeys: 58, orphans: 3 },
        'foreign key fk_sites_region is missing',
      ),
      ...CHECKS.filter(({ where, code }) => where === 'rehearsal' && code !== 'C1'),
    ],
    steps: stepsOf(
      PLAN,
      LOCK,
      BACK_UP,
      [
        'rehearse',
        44_210,
        'restored and equal; migrations 1692 ms; 10 of 11 checks passed, not C1; orphans under 1 key',
        { passed: false },
      ],
      ['gate', 2, 'NO-GO, 2 reasons', { passed: false }],
      FINISH,
    ),
  }),
  hold: variant({
    ...UNTOUCHED,
    outcome: 'hold',
    exitCode: 4,
    decision: 'HOLD',
    reasons: ['I1 Indexes failed: fk_workflow_stages_role has no index.'],
    steps: stepsOf(PLAN, LOCK, BACK_UP, REHEARSE, ['gate', 2, 'HOLD, 1 reason', { passed: false }], FINISH),
  }),
  locked: variant({
    ...UNTOUCHED,
    outcome: 'locked',
    exitCode: 5,
    decision: null,
    checks: [],
    rowCounts: [],
    backup: null,
    migrations: UNTOUCHED.migrations.map((migration) => ({ ...migration, rehearsed: null })),
    rehearsedLockedMs: null,
    failure: {
      code: 'LOCKED',
      message:
        'Another deployment holds the target "production" since 2026-11-28T02:01:11.000Z: omar@release-2 (pid 4711). Wait until it has ended, then run the same command again.',
    },
    steps: stepsOf(
      PLAN,
      ['lock', 31, 'Another deployment holds the target "production".', { status: 'failed', passed: false }],
      FINISH,
    ),
  }),
  failed: variant({
    ...UNTOUCHED,
    outcome: 'failed',
    exitCode: 1,
    decision: null,
    checks: [],
    rowCounts: [],
    backup: null,
    migrations: UNTOUCHED.migrations.map((migration) => ({ ...migration, rehearsed: null })),
    rehearsedLockedMs: null,
    failure: {
      code: 'DISK_FULL',
      message:
        'The disk is full (pg_dump): could not write to file. Free some space, or move the state with DEPLOY_STATE_DIR, then run the same command again.',
    },
    steps: stepsOf(
      PLAN,
      LOCK,
      ['backup', 9_400, 'The disk is full (pg_dump).', { status: 'failed', passed: false }],
      FINISH,
    ),
  }),
  'rollback-failed': variant({
    outcome: 'rollback-failed',
    exitCode: 6,
    failure: {
      code: 'ROLLBACK_FAILED',
      message:
        'ROLLBACK FAILED. Target: production. Backup: /srv/deploy/production/20261128T021004Z-0a1b2c/backup. The verification failed: …\nThe swap back to the backup failed, and the target stays as it was before it: The disk is full (pg_restore).\nNext: mend the cause, then run: pnpm deploy:rollback --env production --to 20261128T021004Z-0a1b2c',
    },
    steps: stepsOf(
      ...TO_THE_GATE,
      ['migrate', 2_304, 'committed'],
      ['verify', 3_100, 'The verification failed.', { status: 'failed', passed: false }],
      ['rollback', 18_700, 'The disk is full (pg_restore).', { status: 'failed', passed: false }],
      FINISH,
    ),
  }),
} satisfies Record<string, DeploymentReport>;
