import { describe, expect, it } from 'vitest';
import type { LintContext, TableFacts } from '../../src/lint/context.ts';
import { lintMigrations } from '../../src/lint/lint.ts';
import type { LintFinding } from '../../src/lint/lint-finding.ts';
import { RULES } from '../../src/lint/rules.ts';

const COLUMNS: NonNullable<TableFacts['columns']> = new Map([
  ['id', { type: 'integer', notNull: true }],
  ['code', { type: 'character varying(20)', notNull: false }],
  ['amount', { type: 'numeric(10,2)', notNull: false }],
  ['note', { type: 'text', notNull: false }],
  ['at', { type: 'timestamp(3) with time zone', notNull: false }],
  ['ip', { type: 'cidr', notNull: false }],
  ['tags', { type: 'character varying(5)[]', notNull: false }],
]);

const CHECKS: NonNullable<TableFacts['checks']> = [
  { name: 'ck_note', definition: 'CHECK (((note IS NOT NULL) AND (length(note) > 0)))', validated: true },
  { name: 'ck_code', definition: 'CHECK ((code IS NOT NULL)) NOT VALID', validated: false },
];

function table(rows: number): TableFacts {
  return { rows, sizeBytes: rows * 100, columns: COLUMNS, checks: CHECKS };
}

/** A target with tables of every size: `big`, `small`, `empty`, one that could not be counted, and a quoted name. */
export const CONTEXT: LintContext = {
  indexes: new Map([
    ['public.i_big', { table: 'public.big', columns: ['code'] }],
    ['public.i_small', { table: 'public.small', columns: ['id'] }],
    ['public.i_empty', { table: 'public.empty', columns: ['code'] }],
  ]),
  serverVersion: 15,
  tables: new Map([
    ['public.big', table(1_000_000)],
    ['public.small', table(10)],
    ['public.empty', table(0)],
    ['public.uncounted', table(-1)],
    ['s.Mixed "Case"', table(1_000_000)],
  ]),
};

/** The findings for one migration on {@link CONTEXT}, or on another target. */
export function lintSql(sql: string, context: LintContext = CONTEXT): Promise<LintFinding[]> {
  return lintMigrations([{ name: 'm', sql }], context);
}

/** Declares a test for each migration: with how many findings of the rule, and of which severity, it meets. */
export function describeRule(
  rule: string,
  cases: Partial<Record<LintFinding['severity'] | 'clean', readonly string[]>>,
): void {
  describe(`rule ${rule}`, () => {
    for (const [severity, migrations] of Object.entries(cases)) {
      it.each(migrations)(`${severity}: %s`, async (sql) => {
        const isPreference = RULES.some(({ name, isPreference: is }) => name === rule && is);
        const context = isPreference ? { ...CONTEXT, preferences: [rule] } : CONTEXT;
        const findings = (await lintSql(sql, context)).filter(
          (finding) => finding.rule === rule || finding.rule === 'syntax-error',
        );
        const found = new Set(findings.map((finding) => finding.severity));
        expect([...found]).toEqual(severity === 'clean' ? [] : [severity]);
      });
    }
  });
}
