import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const CLI = join(import.meta.dirname, '../src/cli.ts');
const DOCUMENT = join(import.meta.dirname, '../../../docs/lint-beside-squawk.md');

interface Rule {
  bad: number;
  missed: Record<'squawk' | 'ours', number>;
  good: number;
  falseAlarms: Record<'squawk' | 'ours', number>;
}

test('lint compares with squawk as the documentation says', async () => {
  const { stdout, stderr, exitCode } = await execa(
    process.execPath,
    [CLI, 'lint', '--migrations', '5', '--runs', '1', '--json'],
    { reject: false },
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { comparison, lines } = JSON.parse(stdout);
  const rules: Rule[] = comparison.rules;
  const sum = (of: (rule: Rule) => number) => rules.reduce((total, rule) => total + of(rule), 0);
  const bad = `| ${sum((rule) => rule.bad)} unsafe examples: not found by the rule that is there for them | ${sum(({ missed }) => missed.squawk)} | ${sum(({ missed }) => missed.ours)} |`;
  const good = `| ${sum((rule) => rule.good)} safe ones: found all the same | ${sum(({ falseAlarms }) => falseAlarms.squawk)} | ${sum(({ falseAlarms }) => falseAlarms.ours)} |`;
  const text = await readFile(DOCUMENT, 'utf8');
  expect(text).toContain(bad);
  expect(text).toContain(good);
  expect(comparison.onlyOurs).toContain('attach-partition-scans');
  expect(lines).toMatchObject([{ unit: 'ms' }, { unit: 'bytes' }]);
});
