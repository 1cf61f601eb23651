import { describe, expect, it } from 'vitest';
import { explainWithoutRows } from './explain-without-rows.ts';
import type { Blocker, Failure } from './failure.ts';

const ROW = 'S-1041';

const blocker: Blocker = {
  pid: 7,
  user: 'apms_api',
  application: 'api',
  state: 'active',
  query: `update sites set name = '${ROW}'`,
  transactionStartedAt: null,
};

const migration: Failure = {
  code: 'MIGRATION_FAILED',
  migration: '20270102000000_unique',
  file: '20270102000000_unique/migration.sql',
  line: 3,
  column: 1,
  statement: 'alter table sites add unique (region)',
  sqlState: '23505',
  message: `invalid input syntax for type integer: "${ROW}"`,
  detail: `Key (region)=(${ROW}) is duplicated.`,
  hint: ROW,
};

describe('explainWithoutRows', () => {
  it('tells which migration fails where, at what, and nothing that the server said', () => {
    expect(explainWithoutRows(migration)).toBe(
      'Migration 20270102000000_unique fails at 20270102000000_unique/migration.sql:3:1: the server refuses it (23505).\nStatement: alter table sites add unique (region)',
    );
  });

  it.each<Failure>([
    {
      code: 'LOCK_TIMEOUT',
      migration: 'm',
      attempts: 3,
      lockTimeoutMs: 100,
      problem: ROW,
      blockers: [blocker],
    },
    { code: 'LOCK_BUDGET_EXCEEDED', migration: 'm', attempts: 1, allowedMs: 100, blockers: [blocker] },
    { code: 'BACKUP_BLOCKED', waitedMs: 100, problem: ROW, blockers: [blocker] },
    { code: 'HOOK_FAILED', hook: 'smoke', exitCode: 1, timedOut: false, output: ROW },
    { code: 'ROLLBACK_FAILED', target: 'staging', backup: 'b', cause: ROW, next: 'run it again' },
    { code: 'CANCELLED', during: 'plan' },
  ])('leaves out of $code what may quote a row', (failure) => {
    const told = explainWithoutRows(failure);
    expect(told).toMatch(/\S/);
    expect(told).not.toContain(ROW);
  });

  it.each<Failure>([
    { code: 'VERIFICATION_FAILED', problems: [ROW] },
    { code: 'SERVER_REFUSED', problem: ROW, sqlState: '22P02' },
    { code: 'TOOL_FAILED', tool: 'pg_restore', exitCode: 1, signal: null, problem: ROW },
    { code: 'INTERNAL', problem: ROW },
  ])('has nothing to tell of $code', (failure) => {
    expect(explainWithoutRows(failure)).toBeNull();
  });
});
