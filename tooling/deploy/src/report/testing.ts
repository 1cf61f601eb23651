import type { CheckResult, DeploymentReport, HeldLock } from '@apms/validators';

const BEGIN = Date.parse('2026-11-28T02:10:04.000Z');
const at = (milliseconds: number) => new Date(BEGIN + milliseconds).toISOString();

type Step = DeploymentReport['steps'][number];

/** Steps one after another, from names, durations and what they say. */
export function stepsOf(
  ...steps: [name: string, durationMs: number, summary: string, more?: Partial<Step>][]
) {
  let startMs = 0;
  return steps.map(([name, durationMs, summary, more]): Step => {
    const step = { name, status: 'done', passed: true, startedAt: at(startMs), durationMs, summary } as const;
    startMs += durationMs;
    return { ...step, ...more };
  });
}

const lock = (table: string, blocks: HeldLock['blocks'], mode: string) => ({ table, blocks, mode });
const MIGRATIONS: DeploymentReport['migrations'] = [
  {
    name: '20261127090000_punchlist_severity',
    checksum: '4c1f0e8fd0a17c5f4ab1ee64bb0d7f4bd6e7d1f1a2b3c4d5e6f708192a3b4c5d',
    rehearsed: { startedAt: at(64_000), durationMs: 212, locks: [] },
    applied: {
      startedAt: at(70_020),
      durationMs: 240,
      locks: [lock('public.punchlist_items', 'reads and writes', 'AccessExclusiveLock')],
    },
  },
  {
    name: '20261127100000_site_region_key',
    checksum: '9be2d0f1b7c94e6b8a17c5f4ab1ee64bb0d7f4bd6e7d1f1a2b3c4d5e6f708192',
    rehearsed: { startedAt: at(64_300), durationMs: 1_480, locks: [] },
    applied: {
      startedAt: at(70_270),
      durationMs: 1_620,
      locks: [
        lock('public.sites', 'writes', 'ShareRowExclusiveLock'),
        lock('public.regions', 'writes', 'ShareRowExclusiveLock'),
        lock('public.workflow_runs', 'schema changes', 'ShareUpdateExclusiveLock'),
      ],
    },
  },
];

const check = (
  where: 'rehearsal' | 'transaction' | 'target',
  code: CheckResult['code'],
  title: string,
  figures: CheckResult['figures'],
  problem?: string,
): DeploymentReport['checks'][number] => ({
  where,
  code,
  title,
  status: problem === undefined ? 'passed' : 'failed',
  durationMs: where === 'rehearsal' ? 106 : 41,
  figures,
  problems: problem === undefined ? [] : [{ message: problem }],
});

const CHECKS = (['rehearsal', 'transaction', 'target'] as const).flatMap((where) => [
  check(where, 'C1', 'Schema integrity', { tables: 16, foreignKeys: 59, checks: 56, orphans: 0 }),
  check(where, 'C2', 'Foreign-key type alignment', { columnPairs: 125, mismatches: 0 }),
  check(where, 'C3', 'Configuration lifecycle', { versions: 12, secondActive: 'refused' }),
  check(where, 'I1', 'Indexes', { foreignKeys: 59, withoutIndex: 0 }),
]);

const BACKUP = {
  id: '20261128T021004Z-0a1b2c',
  driver: 'pg_dump',
  location: '/srv/deploy/production/20261128T021004Z-0a1b2c/backup',
  sizeBytes: 70_512_331,
  databaseSizeBytes: 1_001_240_112,
  durationMs: 21_400,
  proven: true,
};

const PLAN = ['plan', 1_840, 'PostgreSQL 16.4, 41 applied, 2 pending, 2 findings (0 errors)'] as const;
const LOCK = ['lock', 14, 'no other deployment can run on this target'] as const;
const BACK_UP = ['backup', 21_400, 'pg_dump, 70.5 MB, checksummed'] as const;
const REHEARSE = [
  'rehearse',
  44_210,
  'restored and equal; migrations 1692 ms; 11 of 11 checks passed',
] as const;
const GATE = ['gate', 2, 'GO'] as const;
const FINISH = ['finish', 130, 'retention and report'] as const;

/** A deployment that went well, with something in every section but those of failures. */
export const DEPLOYED: DeploymentReport = {
  format: 1,
  id: '20261128T021004Z-0a1b2c',
  command: 'deploy',
  target: 'production',
  database: 'deployer@db.example.com:5432/apms',
  embedded: false,
  serverVersion: '16.4',
  commit: '34532ea9d6e7d1f1a2b3c4d5e6f708192a3b4c5d',
  dirty: false,
  by: 'rita@release-1',
  startedAt: at(0),
  finishedAt: at(73_400),
  durationMs: 73_400,
  outcome: 'deployed',
  exitCode: 0,
  decision: 'GO',
  reasons: [],
  acceptedHold: null,
  failure: null,
  warnings: [],
  steps: stepsOf(
    [...PLAN],
    [...LOCK],
    [...BACK_UP],
    [...REHEARSE],
    [...GATE],
    ['migrate', 2_304, 'committed'],
    ['verify', 3_100, '11 of 11 checks passed'],
    ['smoke', 420, '1 command passed'],
    [...FINISH],
  ),
  migrations: MIGRATIONS,
  checks: CHECKS,
  findings: [
    {
      rule: 'index-not-concurrent',
      severity: 'warning',
      file: '20261127100000_site_region_key/migration.sql',
      line: 12,
      column: 1,
      statement: 'CREATE INDEX idx_sites_region ON sites (region_id)',
      why: 'sites (84,210 rows) refuses writes until the index is built and the deployment committed.',
      rewrite:
        'CREATE INDEX CONCURRENTLY … ON …; the deployment runs it outside the transaction and drops it again when a later step fails.',
      accepted: null,
    },
    {
      rule: 'drop-column',
      severity: 'error',
      file: '20261127090000_punchlist_severity/migration.sql',
      line: 4,
      column: 3,
      statement: 'ALTER TABLE punchlist_items DROP COLUMN old_severity',
      why: 'The values of punchlist_items.old_severity are lost.',
      rewrite: 'First deploy an application that no longer names the column.',
      accepted: 'not read since release 41',
    },
  ],
  orphans: [],
  backup: BACKUP,
  rowCounts: [
    { table: 'public.punchlist_items', before: 412_004, after: 412_019, byMigrations: 0 },
    { table: 'public.regions', before: 0, after: 34, byMigrations: 34 },
    { table: 'public.sites', before: 84_210, after: 84_210, byMigrations: 0 },
    { table: 'public.workflow_runs', before: 130_000, after: 130_000, byMigrations: 0 },
    { table: 'public.workspaces', before: 6, after: 6, byMigrations: 0 },
  ],
  transactionIds: ['81234'],
  lockedMs: 2_110,
  rehearsedLockedMs: 1_692,
  lockBudgetMs: 3_000,
  lockBudget: null,
  phases: [],
  hooks: [
    {
      phase: 'smoke',
      command: 'node scripts/smoke.ts --level 43',
      startedAt: at(72_870),
      durationMs: 420,
      exitCode: 0,
      timedOut: false,
    },
  ],
  rollback: null,
  recovered: null,
};

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
  'nothing-to-do': variant({
    ...UNTOUCHED,
    outcome: 'nothing-to-do',
    durationMs: 2_100,
    decision: null,
    steps: stepsOf(['plan', 1_910, 'PostgreSQL 16.4, 43 applied, 0 pending'], [...FINISH]),
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
      [...PLAN],
      [...LOCK],
      [...BACK_UP],
      [...REHEARSE],
      [...GATE],
      ['migrate', 2_304, 'rolled back; the target is as it was', { passed: false }],
      [...FINISH],
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
      [...PLAN],
      [...LOCK],
      [...BACK_UP],
      [...REHEARSE],
      [...GATE],
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
      [...FINISH],
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
    steps: stepsOf([...PLAN], [...LOCK], [...BACK_UP]),
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
    steps: stepsOf([...LOCK], ['rollback', 38_700, 'swapped back to the backup in 249 ms'], [...FINISH]),
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
      [...PLAN],
      [...LOCK],
      [...BACK_UP],
      [
        'rehearse',
        44_210,
        'restored and equal; migrations 1692 ms; 10 of 11 checks passed, not C1; orphans under 1 key',
        { passed: false },
      ],
      ['gate', 2, 'NO-GO, 2 reasons', { passed: false }],
      [...FINISH],
    ),
  }),
  hold: variant({
    ...UNTOUCHED,
    outcome: 'hold',
    exitCode: 4,
    decision: 'HOLD',
    reasons: ['I1 Indexes failed: fk_workflow_stages_role has no index.'],
    steps: stepsOf(
      [...PLAN],
      [...LOCK],
      [...BACK_UP],
      [...REHEARSE],
      ['gate', 2, 'HOLD, 1 reason', { passed: false }],
      [...FINISH],
    ),
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
      [...PLAN],
      ['lock', 31, 'Another deployment holds the target "production".', { status: 'failed', passed: false }],
      [...FINISH],
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
      [...PLAN],
      [...LOCK],
      ['backup', 9_400, 'The disk is full (pg_dump).', { status: 'failed', passed: false }],
      [...FINISH],
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
      [...PLAN],
      [...LOCK],
      [...BACK_UP],
      [...REHEARSE],
      [...GATE],
      ['migrate', 2_304, 'committed'],
      ['verify', 3_100, 'The verification failed.', { status: 'failed', passed: false }],
      ['rollback', 18_700, 'The disk is full (pg_restore).', { status: 'failed', passed: false }],
      [...FINISH],
    ),
  }),
} satisfies Record<string, DeploymentReport>;
