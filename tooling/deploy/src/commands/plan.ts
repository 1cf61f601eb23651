import { EXIT_CODES } from '../exit-codes.ts';
import { decide } from '../gate.ts';
import { type CommandOptions, withRun } from '../open-run.ts';
import { planText } from '../report/plan-text.ts';
import { plan } from '../steps/plan.ts';

/** `deploy plan`: everything up to the first write, and what a run would do. */
export async function planCommand(options: CommandOptions): Promise<number> {
  return withRun('plan', options, { journaled: false, show: () => undefined }, async (run) => {
    const planned = await plan(run);
    const { decision } = decide({
      findings: planned.findings,
      checks: [],
      orphans: [],
      rehearsalFailure: null,
      unexplainedLosses: new Map(),
      overBudget: [],
      acceptHold: null,
    });
    const { facts, pending, applied, findings, units } = planned;
    if (options.json) {
      const shown = units.map((unit) =>
        unit.kind === 'alone'
          ? { kind: unit.kind, migration: unit.migration, line: unit.line, reason: unit.reason }
          : { kind: unit.kind, migrations: [...new Set(unit.parts.map(({ migration }) => migration))] },
      );
      const line = {
        type: 'plan',
        target: run.target.name,
        server: facts.version,
        applied: applied.map(({ name }) => name),
        pending: pending.map(({ name }) => name),
        units: shown,
        findings,
        decision,
      };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    } else {
      process.stdout.write(`${planText(run, planned, decision)}\n`);
    }
    return decision === 'NO-GO' ? EXIT_CODES['no-go'] : 0;
  });
}
