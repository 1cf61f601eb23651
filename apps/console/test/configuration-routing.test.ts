import { describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';
import { activateRows, importRows, smallRows } from './support/workbooks.ts';

describe.skipIf(!hasBrowser)('config versions', () => {
  useConsole();

  const renamed = (scopeName: string) =>
    smallRows({ scopes: smallRows().scopes.map((scope) => ({ ...scope, scopeName })) });

  test('tell when somebody else was faster', async () => {
    const workspace = await console.createWorkspace();
    const first = await importRows(console, renamed('First'), workspace);
    const second = await importRows(console, renamed('Second'), workspace);
    const other = console.as(workspace.people.ADMIN, workspace);
    const { page } = await browser.open(workspace.people.CONFIG_MANAGER);
    await page.goto(`/w/${workspace.code}/configuration/${first.id}`);
    await page.getByRole('button', { name: 'Activate' }).click();
    const dialog = page.getByRole('dialog', { name: 'Activate Approval matrix 1?' });
    await dialog.getByText('It is the first one of its source.').waitFor();

    // At the very same moment: both wait for what a third holds, the other one in front.
    const client = await console.database.pool.connect();
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
      `config_versions/${workspace.id}/APPROVAL_MATRIX`,
    ]);
    const isWaiting = async (count: number) => {
      const { rows } = await console.database.pool.query<{ count: number }>(
        `select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted`,
      );
      return rows[0]?.count === count;
    };
    const faster = other.configVersions.activate.mutate({ configVersionId: second.id });
    await expect.poll(() => isWaiting(1)).toBe(true);
    await dialog.getByRole('button', { name: 'Activate' }).click();
    await expect.poll(() => isWaiting(2)).toBe(true);
    await client.query('commit');
    client.release();
    await faster;
    await dialog.getByText('Somebody else activated another version at the same moment').waitFor();
    await dialog.getByRole('link', { name: 'Approval matrix 2' }).first().waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);

    // Tried again, it is older than what is active now.
    await dialog.getByRole('button', { name: 'Activate' }).click();
    await dialog.getByText('Version 2 is active and newer than this one').waitFor();
    await other.configVersions.discard.mutate({ configVersionId: first.id });
    await dialog.getByRole('button', { name: 'Activate' }).click();
    await dialog.getByText('Somebody discarded this version meanwhile').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'There is no such version' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  test('with errors say why they cannot be activated', async () => {
    const workspace = await console.createWorkspace();
    const rows = smallRows();
    const version = await importRows(
      console,
      { ...rows, approvers: rows.approvers.map((row) => ({ ...row, roleCode: 'NOBODY' })) },
      workspace,
    );
    const { page } = await browser.open(workspace.people.CONFIG_MANAGER);
    await page.goto(`/w/${workspace.code}/configuration/${version.id}`);
    await page.getByText('3 errors keep it from being activated').waitFor();
    await page.getByRole('button', { name: 'Activate' }).click();
    const dialog = page.getByRole('dialog', { name: 'It cannot be activated' });
    await dialog.getByText('It has 3 errors').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('link', { name: 'Show the errors' }).click();
    await page.waitForURL(/severity=ERROR/);
    await expect.poll(() => page.getByRole('row').count()).toBe(4);
  });

  test('of another workspace are not there', async () => {
    const theirs = await console.createWorkspace('Theirs');
    const version = await importRows(console, smallRows(), theirs);
    const { workspace } = console;
    const { page } = await browser.open(workspace.people.CONFIG_MANAGER);
    await page.goto(`/w/${theirs.code}/configuration/${version.id}`);
    await page.getByRole('heading', { name: 'You cannot open this workspace' }).waitFor();
    await page.goto(`/w/${workspace.code}/configuration/${version.id}`);
    await page.getByRole('heading', { name: 'There is no such version' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.goto(`/w/${workspace.code}/configuration/compare?from=${version.id}&to=${version.id}`);
    await page.getByRole('heading', { name: 'There is no such version' }).waitFor();
    await page.getByRole('link', { name: 'All versions' }).click();
    await page.getByRole('heading', { name: 'No versions yet' }).waitFor();
  });

  test('are compared only when there are two', async () => {
    const workspace = await console.createWorkspace();
    const first = await importRows(console, renamed('First'), workspace);
    const second = await importRows(console, renamed('First'), workspace);
    const { page, complaints } = await browser.open(workspace.people.VIEWER);
    await page.goto(`/w/${workspace.code}/configuration`);
    await page.getByRole('link', { name: 'Compare versions' }).click();
    await page.getByRole('heading', { name: 'Choose two versions' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('From').selectOption(first.id);
    await page.getByLabel('To', { exact: true }).selectOption(first.id);
    await page.getByRole('heading', { name: 'Twice the same version' }).waitFor();
    await page.getByLabel('To', { exact: true }).selectOption(second.id);
    await page.getByRole('heading', { name: 'No differences' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('say who would approve, and why nobody can', async () => {
    const workspace = await console.createWorkspace();
    const { page, complaints } = await browser.open(workspace.people.DOC_CONTROL);
    const path = `/w/${workspace.code}/configuration/preview`;
    await page.goto(path);
    await page.getByRole('heading', { name: 'No approval matrix is active' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await activateRows(console, smallRows(), workspace);
    const clerk = console.as(workspace.people.DOC_CONTROL, workspace);
    await clerk.sites.create.mutate({ siteCode: 'LKT-001', name: 'Langkat', clusterCode: 'CL-1' });
    await clerk.sites.create.mutate({ siteCode: 'LKT-002', name: 'Stabat' });
    await clerk.sites.create.mutate({ siteCode: 'LKT-003', name: 'Binjai', clusterCode: 'CL-9' });

    await page.goto(path);
    await page.getByRole('heading', { name: 'Say what the work is' }).waitFor();
    const site = page.getByRole('combobox', { name: 'Site' });
    await site.fill('lkt');
    await page.getByRole('option', { name: /LKT-003/ }).waitFor();
    await site.fill('langk');
    await expect.poll(() => page.getByRole('listbox').getByRole('option').count()).toBe(1);
    await site.press('ArrowDown');
    await site.press('Enter');
    await page.getByLabel('Scope').selectOption('RAN');
    const first = page.getByRole('listitem').filter({ hasText: 'Stage 1' });
    await first.getByText('Adi').waitFor();
    await first.getByText('First in the seat for the cluster').waitFor();
    await first.getByText('48 hours').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Stage 2' }).getByText('Citra').waitFor();
    await page.getByText('72 hours').waitFor();
    await page.getByText('For any vendor').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);

    // The address says it all: somebody else sees the same.
    const { page: theirs } = await browser.open(workspace.people.VIEWER);
    await theirs.goto(page.url());
    await theirs.getByText('Adi').waitFor();
    await expect.poll(() => theirs.getByRole('combobox', { name: 'Site' }).inputValue()).toBe('LKT-001');

    await page.getByLabel('Category').selectOption('SOFTWARE');
    await page.getByText('No policy of the active version says who approves RAN').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('Category').selectOption('HARDWARE');
    await site.fill('LKT-002');
    await page.getByRole('option', { name: /LKT-002/ }).click();
    await page.getByText('the site names none. Name its cluster.').waitFor();
    await site.fill('LKT-003');
    await page.getByRole('option', { name: /LKT-003/ }).click();
    await page.getByText('Nobody active sits in seat RTS of stage 1 for cluster CL-9').waitFor();
    await page.getByRole('link', { name: 'Show who sits for CL-9' }).click();
    await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('say what to do while the API is away', async () => {
    const { workspace } = console;
    const { page } = await browser.open(workspace.people.VIEWER);
    await page.goto(`/w/${workspace.code}/account`);
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    await console.killApi();
    await page.getByRole('link', { name: 'Configuration' }).first().click();
    await page.getByText('The server does not answer.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await console.restartApi();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'No versions yet' }).waitFor();
  });
});
