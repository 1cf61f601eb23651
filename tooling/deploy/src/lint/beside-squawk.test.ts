import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { lintBesideSquawk, SQUAWK_CASES } from './beside-squawk.ts';
import { RULES } from './rules.ts';

const isPreference = (rule: string) => RULES.some(({ name, isPreference: is }) => name === rule && is);

describe.each(SQUAWK_CASES)('what squawk has as $rule', ({ ours, bad, good }) => {
  it.each(bad)('is found: %s', async (...files) => {
    const found = (await lintBesideSquawk(files)).map(({ rule }) => rule);
    // Where there is no rule for it, the table says why.
    expect(ours.length === 0 || found.some((rule) => ours.includes(rule))).toBe(true);
  });

  it.each(good)('is no false alarm: %s', async (...files) => {
    const findings = await lintBesideSquawk(files);
    const counting = findings.filter(({ rule, accepted }) => accepted === null && !isPreference(rule));
    expect(counting.filter(({ severity }) => severity !== 'notice')).toEqual([]);
    expect(findings.filter(({ rule, accepted }) => accepted === null && ours.includes(rule))).toEqual([]);
  });
});

it('is what docs/lint-beside-squawk.md says, rule by rule', async () => {
  const text = await readFile(new URL('../../../../docs/lint-beside-squawk.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| `([a-z-]+)` \| (.*?) \| (.*?) ?\|$/gm)].map(
    ([, rule, ours = '', note]) => ({
      rule,
      ours: [...ours.matchAll(/\[([a-z-]+)\]/g)].map(([, name]) => name),
      note,
    }),
  );
  expect(rows).toEqual(SQUAWK_CASES.map(({ rule, ours, note = '' }) => ({ rule, ours, note })));
});
