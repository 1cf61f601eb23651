import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPLOYED } from '../../test/support/deployed-report.ts';
import { EXAMPLES } from '../../test/support/example-reports.ts';
import { tellGithub } from './tell-github.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'apms-github-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function tell(name: string, report = DEPLOYED, summary = '') {
  const [GITHUB_STEP_SUMMARY, GITHUB_OUTPUT] = [
    join(directory, `${name}-summary`),
    join(directory, `${name}-output`),
  ];
  await writeFile(GITHUB_STEP_SUMMARY, summary);
  await writeFile(GITHUB_OUTPUT, 'earlier=1\n');
  let lines = '';
  await tellGithub(
    report,
    '/srv/x',
    { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY, GITHUB_OUTPUT },
    (line) => {
      lines += line;
    },
  );
  return {
    lines,
    summary: await readFile(GITHUB_STEP_SUMMARY, 'utf8'),
    output: await readFile(GITHUB_OUTPUT, 'utf8'),
  };
}

describe('tellGithub', () => {
  it('appends the report to the summary, and sets outputs beside those that are there', async () => {
    const { summary, output } = await tell('appends', DEPLOYED, 'A plan.\n');
    expect(summary).toMatch(/^A plan\.\n# Deployed: production, [\s\S]*\n## Hooks\n/);
    expect(output).toBe(`earlier=1\noutcome=deployed\ndeployment=${DEPLOYED.id}\nreport=/srv/x\n`);
  });

  it.each([
    ['deployed', 'notice'],
    ['hold', 'warning'],
    ['no-go', 'error'],
    ['rollback-failed', 'error'],
  ] as const)('annotates the job: %s is a %s', async (name, command) => {
    const { lines } = await tell(name, EXAMPLES[name]);
    expect(lines).toMatch(
      new RegExp(`^::${command} title=[^:]+%3A production::production is [^\\n]*%0ANext: [^\\n]*\\n$`),
    );
  });

  it('stays below the limit of a summary, whatever is there already', async () => {
    const reasons = Array.from({ length: 20_000 }, (_, index) => `reason ${index} ${'x'.repeat(80)}`);
    const { summary } = await tell('limit', { ...EXAMPLES['no-go'], reasons }, 'y'.repeat(500_000));
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_048_576);
    expect(summary).toContain('reason 4000 ');
    expect(summary).toMatch(/Cut here: the rest is in report\.md and report\.html\.\n$/);
  });

  it('tells nothing elsewhere', async () => {
    const written: string[] = [];
    await tellGithub(DEPLOYED, directory, {}, (line) => written.push(line));
    expect(written).toEqual([]);
  });
});
