import type { CheckResult, DeploymentReport, HeldLock } from '@apms/validators';

const BEGIN = Date.parse('2026-11-28T02:10:04.000Z');
const at = (milliseconds: number) => new Date(BEGIN + milliseconds).toISOString();

type Step = DeploymentReport['steps'][number];

/** Steps one after another, from names, durations and what they say. */
export function stepsOf(
  ...steps: readonly (readonly [name: string, durationMs: number, summary: string, more?: Partial<Step>])[]
) {
  let startMs = 0;
  return steps.map(([name, durationMs, summary, more]): Step => {
    const step = { name, status: 'done', passed: true, startedAt: at(startMs), durationMs, summary } as const;
    startMs += durationMs;
    return { ...step, ...more };
  });
}

const lock = (table: string, blocks: HeldLock['blocks'], mode: string) => ({ table, blocks, mode });
export const MIGRATIONS: DeploymentReport['migrations'] = [
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

export const check = (
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

export const CHECKS = (['rehearsal', 'transaction', 'target'] as const).flatMap((where) => [
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

export const PLAN = ['plan', 1_840, 'PostgreSQL 16.4, 41 applied, 2 pending, 2 findings (0 errors)'] as const;
export const LOCK = ['lock', 14, 'no other deployment can run on this target'] as const;
export const BACK_UP = ['backup', 21_400, 'pg_dump, 70.5 MB, checksummed'] as const;
export const REHEARSE = [
  'rehearse',
  44_210,
  'restored and equal; migrations 1692 ms; 11 of 11 checks passed',
] as const;
export const GATE = ['gate', 2, 'GO'] as const;
/** What comes before the first write to the target. */
export const TO_THE_GATE = [PLAN, LOCK, BACK_UP, REHEARSE, GATE] as const;
export const FINISH = ['finish', 130, 'retention and report'] as const;

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
    ...TO_THE_GATE,
    ['migrate', 2_304, 'committed'],
    ['verify', 3_100, '11 of 11 checks passed'],
    ['smoke', 420, '1 command passed'],
    FINISH,
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
  withoutRows: { reasons: [], failure: null },
};

const forecast = (table: string, writesBlockedMs: number, readsBlockedMs: number, line: number) => ({
  table,
  writesBlockedMs,
  readsBlockedMs,
  migration: '20261127100000_site_region_key',
  line,
});

/** What a deployment adds to that which was applied in phases, the last of them too long. */
export const PHASED = {
  phases: [
    {
      kind: 'transaction',
      migrations: ['20261127090000_punchlist_severity', '20261127100000_site_region_key'],
      line: 1,
      startedAt: at(70_000),
      durationMs: 310,
      retries: 1,
      locks: [lock('public.sites', 'writes', 'ShareRowExclusive')],
    },
    {
      kind: 'alone',
      migrations: ['20261127100000_site_region_key'],
      line: 12,
      startedAt: at(70_350),
      durationMs: 5_200,
      retries: 0,
      locks: [],
    },
    {
      kind: 'transaction',
      migrations: ['20261127100000_site_region_key'],
      line: 20,
      startedAt: at(75_600),
      durationMs: 3_400,
      retries: 0,
      locks: [lock('public.regions', 'reads and writes', 'AccessExclusive')],
    },
  ],
  lockBudget: {
    maxLockMs: 3_000,
    mode: 'phased',
    together: [],
    phased: [
      {
        kind: 'transaction',
        statements: [],
        concludingMs: 12,
        reversible: true,
        forecast: [forecast('public.sites', 290, 0, 8), forecast('public.regions', 3_310, 3_310, 20)],
      },
    ],
    excesses: [],
    notPhased: null,
  },
} satisfies Partial<DeploymentReport>;
