import { lintBesideSquawk, type MigrationSet, SQUAWK_CASES } from '@apms/deploy/beside-squawk';
import { readRuleDocumentation } from '@apms/deploy/rule-documentation';
import { runSquawk } from './squawk.ts';

/** How two tools judge the examples of one rule. */
export interface RuleComparison {
  rule: string;
  ours: readonly string[];
  bad: number;
  missed: { squawk: number; ours: number };
  good: number;
  falseAlarms: { squawk: number; ours: number };
}

export interface LintComparison {
  rules: RuleComparison[];
  /** Rules of ours of whose unsafe example squawk has nothing to say that is about safety. */
  onlyOurs: string[];
}

/** Rules of squawk that are about taste, or ask for what a deployment does by itself: they count neither for it nor against it. */
const NOT_ABOUT_SAFETY = new Set([
  'ban-char-field',
  'ban-create-domain-with-constraint',
  'prefer-bigint-over-int',
  'prefer-bigint-over-smallint',
  'prefer-identity',
  'prefer-robust-stmts',
  'prefer-text-field',
  'prefer-timestamp-tz',
  'require-enum-value-ordering',
  'require-lock-timeout',
  'require-statement-timeout',
  'require-table-schema',
]);

/** Runs both on the examples that stand for squawk's rules, and squawk on those of ours. */
export async function compareRules(directory: string): Promise<LintComparison> {
  const sets = SQUAWK_CASES.flatMap(({ bad, good }) => [...bad, ...good]);
  const documented = [...(await readRuleDocumentation())].filter(([rule]) => !rule.startsWith('prefer-'));
  const texts = [...sets.flat(), ...documented.map(([, { unsafe }]) => unsafe)];
  const said = await runSquawk(directory, texts);
  const bySet = new Map<MigrationSet, string[]>();
  let next = 0;
  for (const set of sets) {
    bySet.set(set, said.slice(next, next + set.length).flat());
    next += set.length;
  }
  const rules: RuleComparison[] = [];
  for (const { rule, ours, bad, good } of SQUAWK_CASES) {
    const comparison: RuleComparison = {
      rule,
      ours,
      bad: bad.length,
      missed: { squawk: 0, ours: 0 },
      good: good.length,
      falseAlarms: { squawk: 0, ours: 0 },
    };
    for (const set of bad) {
      const found = (await lintBesideSquawk(set)).map((finding) => finding.rule);
      if (ours.length > 0 && !found.some((name) => ours.includes(name))) comparison.missed.ours += 1;
      if (!bySet.get(set)?.includes(rule)) comparison.missed.squawk += 1;
    }
    for (const set of good) {
      const findings = await lintBesideSquawk(set);
      const alarms = findings.filter(
        (finding) => finding.accepted === null && !finding.rule.startsWith('prefer-'),
      );
      if (alarms.length > 0) comparison.falseAlarms.ours += 1;
      if (bySet.get(set)?.some((name) => !NOT_ABOUT_SAFETY.has(name))) comparison.falseAlarms.squawk += 1;
    }
    rules.push(comparison);
  }
  const ofDocumented = said.slice(sets.flat().length);
  const onlyOurs = documented.flatMap(([rule], index) =>
    ofDocumented[index]?.some((name) => !NOT_ABOUT_SAFETY.has(name)) ? [] : rule,
  );
  return { rules, onlyOurs };
}
