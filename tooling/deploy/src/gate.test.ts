import { CheckCode, type CheckResult, type DeploymentFinding, type OrphanFinding } from '@apms/validators';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure } from './failure.ts';
import { decide, type Evidence } from './gate.ts';

const NOTHING: Evidence = {
  findings: [],
  checks: [],
  orphans: [],
  rehearsalFailure: null,
  unexplainedLosses: new Map(),
  overBudget: [],
  acceptHold: null,
};

/** Something that only a row of the target holds. */
const ROW = 'S-1041';

const check = fc
  .record({
    code: fc.constantFrom(...CheckCode.options),
    status: fc.constantFrom('passed', 'passed', 'failed', 'skipped'),
    problems: fc.array(fc.record({ message: fc.uuid(), detail: fc.constant(ROW) }), {
      minLength: 1,
      maxLength: 5,
    }),
  })
  .map(
    ({ code, status, problems }): CheckResult => ({
      code,
      title: `title of ${code}`,
      status,
      durationMs: 1,
      figures: {},
      problems: status === 'passed' ? [] : problems,
    }),
  );
const checks = fc.uniqueArray(check, { selector: ({ code }) => code });

const finding = fc.record<DeploymentFinding>({
  rule: fc.constantFrom('drift', 'drop-table'),
  severity: fc.constantFrom('error', 'warning', 'notice'),
  file: fc.option(fc.constant('m/migration.sql')),
  line: fc.option(fc.nat(99)),
  column: fc.constant(null),
  statement: fc.constant(null),
  why: fc.uuid(),
  detail: fc.constant(ROW),
  rewrite: fc.constant('Mend it.'),
  accepted: fc.option(fc.constant('known')),
});

const orphan = fc.record<OrphanFinding>({
  foreignKey: fc.constant({
    name: 'fk_stages_workflow',
    table: 'stages',
    columns: ['workflow_id'],
    referencedTable: 'workflows',
    referencedColumns: ['id'],
    validated: false,
    severity: 'WARNING',
  }),
  count: fc.integer({ min: 1 }),
  sampleIds: fc.array(fc.constant(ROW), { minLength: 1, maxLength: 3 }),
});

const evidence = fc.record<Evidence>({
  findings: fc.array(finding, { maxLength: 4 }),
  checks,
  orphans: fc.array(orphan, { maxLength: 2 }),
  rehearsalFailure: fc.option(fc.constant<Failure>({ code: 'INTERNAL', problem: ROW }), { freq: 1 }),
  unexplainedLosses: fc
    .array(fc.tuple(fc.constantFrom('public.a', 'public.b'), fc.integer({ min: 1 })), { maxLength: 1 })
    .map((entries) => new Map(entries)),
  overBudget: fc.array(fc.constant('public.a could not be written for 9 s.'), { maxLength: 1 }),
  acceptHold: fc.option(fc.constantFrom('agreed with operations', '', ' ')),
});

const RANK = { GO: 0, HOLD: 1, 'NO-GO': 2 };

function notPassed({ checks: all }: Evidence, kind: 'C' | 'I' | 'N'): CheckResult[] {
  return all.filter(({ code, status }) => code.startsWith(kind) && status !== 'passed');
}

describe('decide', () => {
  it('follows the rule of the domain for any evidence', () => {
    fc.assert(
      fc.property(evidence, (all) => {
        const blocked =
          all.findings.some(({ severity, accepted }) => severity === 'error' && accepted === null) ||
          all.orphans.length > 0 ||
          all.rehearsalFailure !== null ||
          all.unexplainedLosses.size > 0 ||
          notPassed(all, 'C').length > 0 ||
          notPassed(all, 'I').length === 3;
        const held = notPassed(all, 'I').length > 0 || all.overBudget.length > 0;
        expect(decide(all).decision).toBe(blocked ? 'NO-GO' : held ? 'HOLD' : 'GO');
      }),
    );
  });

  it('gives a reason for every decision against, and only for those', () => {
    fc.assert(
      fc.property(evidence, (all) => {
        const { decision, reasons } = decide(all);
        expect(reasons.length > 0).toBe(decision !== 'GO');
        const errors = all.findings.filter(
          ({ severity, accepted }) => severity === 'error' && accepted === null,
        );
        for (const { why } of errors) expect(reasons.join('\n')).toContain(why);
        for (const { code } of notPassed(all, 'C'))
          expect(reasons.join('\n')).toContain(`${code} title of ${code}`);
        expect(reasons.filter((reason) => /undefined|null|\[object|example \./.test(reason))).toEqual([]);
      }),
    );
  });

  it('has as many reasons without what rows hold, and no row in them', () => {
    fc.assert(
      fc.property(evidence, (all) => {
        const { reasons, reasonsWithoutRows } = decide(all);
        expect(reasonsWithoutRows).toHaveLength(reasons.length);
        expect(reasonsWithoutRows.join('\n')).not.toContain(ROW);
        expect(reasonsWithoutRows.filter((reason) => /undefined|null|\[object|: \./.test(reason))).toEqual(
          [],
        );
      }),
    );
  });

  it('never gets better by more evidence against', () => {
    fc.assert(
      fc.property(evidence, evidence, (one, other) => {
        const both: Evidence = {
          ...one,
          findings: [...one.findings, ...other.findings],
          orphans: [...one.orphans, ...other.orphans],
          overBudget: [...one.overBudget, ...other.overBudget],
          unexplainedLosses: new Map([...one.unexplainedLosses, ...other.unexplainedLosses]),
          rehearsalFailure: one.rehearsalFailure ?? other.rehearsalFailure,
        };
        expect(RANK[decide(both).decision]).toBeGreaterThanOrEqual(RANK[decide(one).decision]);
      }),
    );
  });

  it('accepts a HOLD for a reason, never a NO-GO and never for none', () => {
    fc.assert(
      fc.property(evidence, (all) => {
        const { decision, acceptedHold } = decide(all);
        const isReason = all.acceptHold !== null && /\S/.test(all.acceptHold);
        expect(acceptedHold).toBe(decision === 'HOLD' && isReason ? all.acceptHold : null);
      }),
    );
  });

  it.each([
    [1, 'HOLD'],
    [2, 'HOLD'],
    [3, 'NO-GO'],
  ])('with %i failed I checks says %s', (count, decision) => {
    const codes = (['I1', 'I2', 'I3'] as const).slice(0, count);
    const failed = codes.map(
      (code): CheckResult => ({
        code,
        title: 'title',
        status: 'failed',
        durationMs: 1,
        figures: {},
        problems: [{ message: 'broken' }],
      }),
    );
    expect(decide({ ...NOTHING, checks: failed }).decision).toBe(decision);
  });

  it('names an orphan key with its count and samples', () => {
    const [found] = fc.sample(orphan, 1);
    if (found === undefined) throw new Error('no sample');
    const { reasons } = decide({ ...NOTHING, orphans: [{ ...found, count: 3, sampleIds: ['x', 'y'] }] });
    expect(reasons).toEqual([
      expect.stringMatching(
        /^3 orphans in stages \(workflow_id\) → workflows \(fk_stages_workflow\).*for example x, y\.$/,
      ),
    ]);
  });
});
