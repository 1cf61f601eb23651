import { describe, expect, it } from 'vitest';
import { lintSql } from '../../test/support/describe-rule.ts';
import type { LintContext } from './context.ts';
import { readRuleDocumentation } from './rule-documentation.ts';
import { RULES } from './rules.ts';

const LARGE = { rows: 1_000_000, sizeBytes: 1_000_000_000 };
const TARGET: LintContext = {
  serverVersion: 15,
  preferences: RULES.flatMap(({ name, isPreference }) => (isPreference ? name : [])),
  tables: new Map([
    ['public.workflow_instances', LARGE],
    ['public.sites', LARGE],
  ]),
};

/** The one rule that is about a server of a certain age. */
const OLD_TARGET: LintContext = { ...TARGET, serverVersion: 14, serverMinor: 3 };

const sections = await readRuleDocumentation();

describe('docs/lint.md', () => {
  it('has every rule, in order', () => {
    expect([...sections.keys()]).toEqual(RULES.map(({ name }) => name).toSorted());
  });

  it.each([...sections])(
    '%s: the unsafe example is found, the safe one is clean of it',
    async (name, { unsafe, safe }) => {
      const target = name === 'concurrent-index-corruption' ? OLD_TARGET : TARGET;
      expect((await lintSql(unsafe, target)).map(({ rule }) => rule)).toContain(name);
      const findings = await lintSql(safe, target);
      expect(findings.filter(({ rule }) => rule === name || rule === 'syntax-error')).toEqual([]);
      expect(findings.filter(({ severity, accepted }) => severity === 'error' && accepted === null)).toEqual(
        [],
      );
    },
  );
});
