import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LintContext } from './context.ts';
import { RULES } from './rules.ts';
import { lintSql } from './testing.ts';

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

/** Each rule of docs/lint.md with its two blocks of SQL. */
function sections(): { name: string; unsafe: string; safe: string }[] {
  const text = readFileSync(new URL('../../../../docs/lint.md', import.meta.url), 'utf8');
  const [, ...parts] = text.split('\n## ');
  return parts.map((part) => {
    const [head = '', unsafe = '', safe = ''] = part.split('```sql\n');
    const [name = ''] = head.split('\n');
    return { name, unsafe: unsafe.split('```')[0] ?? '', safe: safe.split('```')[0] ?? '' };
  });
}

describe('docs/lint.md', () => {
  it('has every rule, in order', () => {
    expect(sections().map(({ name }) => name)).toEqual(RULES.map(({ name }) => name).toSorted());
  });

  it.each(sections())(
    '$name: the unsafe example is found, the safe one is clean of it',
    async ({ name, unsafe, safe }) => {
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
