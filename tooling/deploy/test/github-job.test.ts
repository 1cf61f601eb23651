import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { createScenario, type Scenario } from './support/scenario.ts';

describe.skipIf(inject('testServer').kind === 'embedded')('a job of GitHub', () => {
  let scenario: Scenario;

  afterAll(() => scenario.remove());

  test('is told of a NO-GO, and JSON on standard output stays JSON', async () => {
    scenario = await createScenario({ pending: { '20270101000000_bad': 'select 1 / 0;' } });
    const { root } = scenario.project;
    const env = {
      ...scenario.env,
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: join(root, 'summary.md'),
      GITHUB_OUTPUT: join(root, 'output'),
    };
    const { exitCode, stdout, stderr } = await scenario.project.start(
      ['run', '--env', 'staging', '--json'],
      env,
    );
    expect(exitCode).toBe(3);
    const last: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(last).toMatchObject({ type: 'report', report: { outcome: 'no-go', warnings: [] } });
    expect(stderr).toMatch(
      /^::error title=NO-GO%3A staging::staging is on the old schema and was not touched/m,
    );
    expect(await readFile(join(root, 'summary.md'), 'utf8')).toMatch(
      /^# NO-GO: staging, [\s\S]*division by zero/,
    );
    expect(await readFile(join(root, 'output'), 'utf8')).toMatch(
      /^outcome=no-go\ndeployment=\w+-\w+\nreport=\/.*\n$/,
    );
  });
});
