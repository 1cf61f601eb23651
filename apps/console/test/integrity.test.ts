import { plantMembership, plantPunchlist } from '@apms/api/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';

/** The key of the auditor's lock: one audit at a time, in whatever process. */
const AUDIT_LOCK = 7_301_882_114;

describe.skipIf(!hasBrowser)('integrity before the first audit', () => {
  useConsole();

  test('is unknown until somebody runs one, and shown then', async () => {
    const { code, people } = console.workspace;
    const reader = await browser.open(people.QA_ENGINEER);
    await reader.page.goto(`/w/${code}/integrity`);
    await reader.page.getByText('can ask for the first one').waitFor();
    expect(await reader.page.getByRole('button', { name: 'Run an audit now' }).count()).toBe(0);
    expect(await accessibilityFindings(reader.page)).toEqual([]);

    const { page, complaints } = await browser.open(people.CONFIG_MANAGER);
    await page.goto(`/w/${code}/integrity`);
    await page.getByRole('heading', { name: 'No audit has run yet' }).waitFor();
    await page.getByRole('button', { name: 'Run an audit now' }).click();
    await page.getByText('The audit found no orphans.').waitFor();
    await page.getByText('Every reference leads to a row.').waitFor();
    await page.getByText(/None of the \d+ foreign keys has orphans/).waitFor();
    await page.getByRole('img', { name: /1 audit in the period, at most 0 orphans/ }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)('integrity', () => {
  useConsole();
  let path: string;

  beforeAll(() => {
    path = `/w/${console.workspace.code}/integrity`;
  });

  test('shows what the audits found: now, key by key, and over time', async () => {
    const { ADMIN, CONFIG_MANAGER } = console.workspace.people;
    const admin = console.as(ADMIN);
    await admin.integrityAudits.run.mutate();
    const memberId = await plantMembership(console, console.workspace.id);
    await plantPunchlist(console);
    const audit = await admin.integrityAudits.run.mutate();

    const { page, complaints } = await browser.open(CONFIG_MANAGER);
    await page.goto(`${path}?period=24h`);
    await page.getByText('People may meet errors where these rows are shown.').waitFor();
    const members = page.getByRole('row', { name: /fk_workspace_memberships_user/ });
    expect(await members.innerText()).toContain('Warning');
    expect(await members.innerText()).toContain(memberId);
    // Mending is an administrator's.
    expect(await page.getByRole('link', { name: /Look and mend/ }).count()).toBe(0);

    // The chart has a bar or ring for the hour; its table has the same figures.
    const orphans = Number(audit.orphansTotal);
    const chart = page.getByRole('img', { name: `at most ${orphans} orphans` });
    await chart.waitFor();
    expect(await chart.locator('svg').first().isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Show as a table' }).first().click();
    const trend = page.getByRole('table', { name: 'The most orphans that an audit of each hour found' });
    const cells = await trend.getByRole('row').nth(1).getByRole('cell').allInnerTexts();
    expect(cells).toEqual(['2', String(orphans), String(audit.checksFailed), 'Warning']);
    await page.getByRole('button', { name: 'Show as a table' }).click();
    const durations = page.getByRole('table', { name: /How long the audits of the list took/ });
    expect(await durations.getByRole('row').count()).toBe(3);
    expect(await accessibilityFindings(page)).toEqual([]);

    await page.getByLabel('Period').selectOption('The last 7 days');
    await page.waitForURL(/period=7d/);
    await page
      .getByRole('table', { name: 'The most orphans that an audit of each day (UTC) found' })
      .waitFor();
    await page.getByLabel('Health', { exact: true }).selectOption('Healthy');
    await page.waitForURL(/health=HEALTHY/);
    const list = page.getByRole('grid', { name: 'Audits, the newest first' });
    await list.getByRole('row', { name: /Warning/ }).waitFor({ state: 'detached' });
    expect(await list.getByRole('row', { name: /Healthy/ }).count()).toBe(1);
    await page.getByLabel('Run', { exact: true }).selectOption('Scheduled');
    await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await list.getByRole('row', { name: /Warning/ }).click();
    await page.getByRole('heading', { name: /^Audit of / }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`${path}/${audit.id}`);
    expect(await page.getByRole('row', { name: /fk_punchlists_workflow/ }).count()).toBeGreaterThan(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('says when an audit is running already, and shows its result as soon as it has ended', async () => {
    const manager = console.workspace.people.CONFIG_MANAGER;
    await console.as(manager).integrityAudits.run.mutate();
    const { page } = await browser.open(manager);
    await page.goto(path);
    const other = await console.database.pool.connect();
    try {
      await other.query('begin');
      await other.query('select pg_advisory_xact_lock($1)', [AUDIT_LOCK]);
      await page.getByRole('button', { name: 'Run an audit now' }).click();
      await page.getByText('An audit is running already.').waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
    } finally {
      await other.query('rollback');
      other.release();
    }
    await console.as(manager).integrityAudits.run.mutate();
    await page.getByText('The audit that was running has ended.').waitFor();
    expect(await page.getByText('An audit is running already.').count()).toBe(0);
  });

  test('tells the samples of another workspace to nobody here', async () => {
    const other = await console.createWorkspace('Southern programme');
    const { id } = await console.as(console.workspace.people.ADMIN).integrityAudits.run.mutate();
    const { page } = await browser.open(other.people.QA_ENGINEER);
    await page.goto(`/w/${other.code}/integrity/${id}`);
    const row = page.getByRole('row', { name: /fk_workspace_memberships_user/ });
    expect(await row.innerText()).toContain('another workspace’s');
  });

  test('knows what it does not have', async () => {
    const { page } = await browser.open(console.workspace.people.QA_ENGINEER);
    await page.goto(`${path}/no-such-audit`);
    await page.getByRole('heading', { name: 'There is no such audit' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'All audits' }).click();
    await page.getByRole('heading', { name: 'Health now' }).waitFor();
    const vendor = await browser.open(console.workspace.people.VENDOR);
    await vendor.page.goto(path);
    await vendor.page.getByText('integrity.read').waitFor();
  });

  test('says what to do while the API is away, and goes on when it is back', async () => {
    const { page } = await browser.open(console.workspace.people.QA_ENGINEER);
    await page.goto(`/w/${console.workspace.code}/account`);
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    await console.killApi();
    await page.getByRole('link', { name: 'Integrity' }).first().click();
    await page.getByText('The server does not answer.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await console.restartApi();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Health now' }).waitFor();
  });
});
