import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { deploymentIdOf, placeReport, readReport } from './support/place-reports.ts';
import { browser, console, useConsole } from './support/use-console.ts';

/** So many reports are met by the API before it ends a page, whatever became of them. */
const MET_PER_PAGE = 1_000;

describe.skipIf(!hasBrowser)('deployments', () => {
  useConsole();
  let path: string;

  beforeAll(() => {
    path = `/w/${console.workspace.code}/deployments`;
  });

  /** Places one of the reports at a target and gives its page's path. */
  async function place(name: Parameters<typeof readReport>[0], target = 'staging'): Promise<string> {
    const report = await readReport(name);
    await placeReport(console, { target, id: report.id }, report);
    return `${path}/${target}/${report.id}`;
  }

  const open = () => browser.open(console.workspace.people.CONFIG_MANAGER);

  test('are none before the first, and are listed by target with their verdicts', async () => {
    const first = await open();
    await first.page.goto(path);
    await first.page.getByRole('heading', { name: 'Nothing was deployed yet' }).waitFor();
    expect(await accessibilityFindings(first.page)).toEqual([]);

    await place('deployed', 'production');
    await place('nothing-to-do', 'production');
    const { page, complaints } = await open();
    await place('rolled-back');
    await place('no-go');
    await placeReport(console, { target: 'staging', id: deploymentIdOf(0) }, '{"format":1}');
    await page.goto(path);
    const production = page.getByRole('grid', { name: 'Deployments of production, the newest first' });
    expect(await production.getByRole('row').nth(1).innerText()).toContain('Nothing to do');
    expect(await production.getByRole('row').nth(2).innerText()).toMatch(/Deployed\s+1 migration/);

    await page.getByLabel('Target').selectOption('staging');
    await page.waitForURL(/target=staging/);
    const staging = page.getByRole('grid', { name: 'Deployments of staging, the newest first' });
    await staging.getByRole('row', { name: /Rolled back/ }).waitFor();
    expect(await staging.getByRole('row', { name: /NO-GO/ }).count()).toBe(1);
    await page.getByText('1 report on the way here could not be read').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('Outcome').selectOption('NO-GO');
    await page.waitForURL(/outcome=no-go/);
    await staging.getByRole('row', { name: /Rolled back/ }).waitFor({ state: 'detached' });
    await page.getByLabel('Outcome').selectOption('Locked');
    await page.getByRole('heading', { name: 'No deployment fits' }).waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await staging.getByRole('row', { name: /NO-GO/ }).press('Enter');
    await page.getByText('reasons against the deployment').waitFor();
    await page.getByRole('link', { name: 'All deployments' }).click();
    await page.waitForURL(/target=staging/);
    expect(complaints).toEqual([]);
  });

  test('in phases show steps, locks, checks, rows and backup in the words and figures of the report', async () => {
    const address = await place('deployed-in-phases');
    const report = await readReport('deployed-in-phases');
    const { page, complaints } = await open();
    await page.goto(address);
    await page.getByText('staging is on the new schema: 3 migrations, committed and verified.').waitFor();
    await page.getByText('Next: Nothing is left to do.').waitFor();
    for (const { name, summary } of report.steps) {
      const step = page
        .getByRole('region', { name: 'Steps' })
        .getByRole('listitem')
        .filter({ hasText: name });
      expect(await step.first().innerText()).toContain(summary);
    }
    const locks = page.getByRole('region', { name: 'Locks', exact: true });
    expect(await locks.getByText(/^phase \d/).count()).toBe(report.phases.length);
    expect(await accessibilityFindings(page)).toEqual([]);

    await page.getByRole('button', { name: 'Show as a table' }).first().click();
    const steps = page.getByRole('table', { name: 'When each step ran' });
    expect(await steps.getByRole('row').count()).toBe(report.steps.length + 1);
    expect(await steps.getByRole('row', { name: /^verify done/ }).count()).toBe(1);
    const checks = page.getByRole('table', { name: 'The validation suite, wherever it ran' });
    const places = new Set(report.checks.map(({ where }) => where));
    expect(await checks.getByRole('columnheader').count()).toBe(places.size + 2);
    const passed = report.checks.filter(({ status }) => status === 'passed');
    expect(await checks.getByText('passed', { exact: true }).count()).toBe(passed.length);
    expect(await checks.getByText('failed', { exact: true }).count()).toBe(
      report.checks.length - passed.length,
    );
    const migrations = page.getByRole('table', { name: 'Pending migrations, rehearsed and applied' });
    expect(await migrations.getByRole('row').count()).toBe(4);
    await page.getByText('Restored and compared row by row').waitFor();
    for (const fold of await page.locator('summary').all()) await fold.click();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('that were stopped say why: reasons, orphans, findings by rule', async () => {
    const address = await place('no-go');
    const report = await readReport('no-go');
    const { page, complaints } = await open();
    await page.goto(address);
    await page.getByText('staging is on the old schema and was not touched').waitFor();
    await page.getByText('Mend what the reasons below name').waitFor();
    const decision = page.getByRole('region', { name: 'Decision: NO-GO' });
    expect(await decision.getByRole('listitem').allInnerTexts()).toEqual(report.withoutRows?.reasons);
    const orphans = page.getByRole('table', { name: 'Rows that refer to a row that is not there' });
    expect(await orphans.getByRole('row').count()).toBe(report.orphans.length + 1);
    const findings = page.getByRole('region', { name: 'Findings' });
    const rules = new Set(report.findings.map(({ rule, severity }) => `${severity} ${rule}`));
    expect(await findings.locator('strong').count()).toBeGreaterThanOrEqual(rules.size);
    await page.getByText(/^Not reached: migrate/).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('say where to read what may quote rows of another workspace', async () => {
    const report = await readReport('no-go');
    await placeReport(console, { target: 'older', id: report.id }, { ...report, withoutRows: null });
    const { page, complaints } = await open();
    await page.goto(`${path}/older/${report.id}`);
    const decision = page.getByRole('region', { name: 'Decision: NO-GO' });
    await decision.getByText(`pnpm deploy:report ${report.id} --env older`).waitFor();
    expect(await decision.getByRole('listitem').count()).toBe(1);
    await page.getByText(`there are ${report.reasons.length} reasons against`).waitFor();
    const [sample = ''] = report.orphans[0]?.sampleIds ?? [];
    expect(await page.locator('main').innerText()).not.toContain(sample);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('that were rolled back tell what is only in the replaced database', async () => {
    const address = await place('rolled-back');
    const { page } = await open();
    await page.goto(address);
    await page.getByText('the backup was restored, verified and swapped in.').waitFor();
    await page.getByText('1 row written since the backup is only in the replaced database').waitFor();
    const left = page.getByRole('table', { name: 'Written since the backup' });
    expect(await left.getByRole('row', { name: 'public.entries 1 0' }).count()).toBe(1);
    await page.getByRole('region', { name: 'Failure' }).waitFor();
    expect(await page.getByRole('region', { name: 'Hooks' }).getByText('exited with').count()).toBe(0);
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  test('that a person has to decide about, and those that somebody accepted', async () => {
    const held = await place('hold');
    const accepted = await place('deployed-after-hold');
    const { page } = await open();
    await page.goto(held);
    await page.getByText('a person has to decide about').waitFor();
    await page.getByText('--accept-hold "REASON"').waitFor();
    await page.getByText('longer than the target allows').first().waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.goto(accepted);
    await page.getByText('accepted: at night', { exact: true }).waitFor();
    expect(await page.getByText('over the budget').count()).toBeGreaterThan(0);
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  test('in every other way to end, of hostile names, are shown and not run', async () => {
    const report = await readReport('rolled-back');
    const hostile = '<img src=x onerror="document.title=1"> مرحبا '.repeat(8);
    const variants = [
      ['rollback-failed', 'neither proven to be on the new schema nor back on the old one'],
      ['locked', 'another deployment holds it'],
      ['failed', 'nothing was changed'],
    ] as const;
    const { page, complaints } = await browser.open(console.workspace.people.CONFIG_MANAGER, {
      viewport: { width: 320, height: 640 },
    });
    for (const [index, [outcome, sentence]] of variants.entries()) {
      const id = deploymentIdOf(600 + index);
      await placeReport(
        console,
        { target: 'hostile', id },
        {
          ...report,
          outcome,
          by: hostile,
          failure: { code: 'X', message: `${hostile}\nNext: ${'x'.repeat(300)}` },
          warnings: [hostile],
          withoutRows: { reasons: [], failure: `${hostile}\nNext: ${'x'.repeat(300)}` },
          recovered: { during: null, by: hostile },
          hooks: report.hooks.map((hook) => ({ ...hook, exitCode: null, timedOut: true })),
          migrations: report.migrations.map((migration) => ({
            ...migration,
            name: 'm'.repeat(120) + migration.name,
          })),
        },
      );
      await page.goto(`${path}/hostile/${id}`);
      await page.getByText(sentence).first().waitFor();
      expect(await page.locator('img[src="x"]').count()).toBe(0);
      expect(
        await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
      ).toBe(0);
    }
    await page.getByText('took too long').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('are read on as far as one scrolls, past pages that have nothing', async () => {
    const report = await readReport('nothing-to-do');
    for (let minute = 0; minute < 120; minute += 1) {
      await placeReport(
        console,
        { target: 'many', id: deploymentIdOf(minute) },
        { ...report, outcome: 'deployed' },
      );
    }
    await placeReport(console, { target: 'many', id: '20261031T000000Z-0a1b2c' }, report);
    const { page } = await open();
    await page.goto(`${path}?target=many`);
    const many = page.getByRole('grid', { name: 'Deployments of many, the newest first' });
    await many.getByRole('row').nth(1).press('End');
    await expect
      .poll(async () => {
        await page.locator('tr:focus').press('End');
        return Number(await page.locator('tr:focus').getAttribute('aria-rowindex'));
      })
      .toBe(122);
    // The only one of its outcome is on the last page.
    await page.goto(`${path}?target=many&outcome=nothing-to-do`);
    await many.getByRole('row', { name: /Nothing to do/ }).waitFor();

    for (let number = 0; number <= MET_PER_PAGE; number += 1) {
      const id = `20261102T000000Z-${number.toString(16).padStart(6, '0')}`;
      await placeReport(console, { target: 'many', id }, 'no report');
    }
    await page.goto(`${path}?target=many`);
    await many
      .getByRole('row', { name: /Deployed/ })
      .first()
      .waitFor();
    await page.getByText('1,001 reports on the way here could not be read').waitFor();
  });

  test('know what they do not have', async () => {
    await place('deployed', 'production');
    await placeReport(console, { target: 'production', id: deploymentIdOf(5) }, 'no report');
    const { page } = await open();
    await page.goto(`${path}?target=moon`);
    await page.getByRole('heading', { name: 'There is no target moon' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'production' }).click();
    await page.getByRole('grid', { name: 'Deployments of production, the newest first' }).waitFor();
    for (const address of [
      `production/${deploymentIdOf(5)}`,
      'production/yesterday',
      'moon/20261101T000000Z-0a1b2c',
    ]) {
      await page.goto(`${path}/${address}`);
      await page.getByRole('heading', { name: 'There is no report of this deployment' }).waitFor();
    }
    expect(await accessibilityFindings(page)).toEqual([]);
    const clerk = await browser.open(console.workspace.people.DOC_CONTROL);
    await clerk.page.goto(path);
    await clerk.page.getByText('deployments.read').waitFor();
  });

  test('say what to do while the API is away, and go on when it is back', async () => {
    const address = await place('deployed', 'production');
    const { page } = await open();
    await page.goto(`/w/${console.workspace.code}/account`);
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    await console.killApi();
    await page.getByRole('link', { name: 'Deployments' }).first().click();
    await page.getByText('The server does not answer.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await console.restartApi();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Deployments', exact: true }).waitFor();
    await page.goto(address);
    await page.getByText('production is on the new schema').waitFor();
  });
});
