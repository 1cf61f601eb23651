import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';

describe.skipIf(!hasBrowser)('sites', () => {
  useConsole();
  let path: string;

  beforeAll(() => {
    path = `/w/${console.workspace.code}/sites`;
  });

  test('are added, found by the address, and changed', async () => {
    const { page, complaints } = await browser.open(console.workspace.people.DOC_CONTROL);
    await page.goto(path);
    await page.getByRole('button', { name: 'Add a site' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add a site' });
    await dialog.getByLabel('Site code').fill('LKT-001');
    await dialog.getByLabel('Name').fill('Langkat 1');
    await dialog.getByLabel('Latitude').fill('3.7');
    await dialog.getByRole('button', { name: 'Add the site' }).click();
    await dialog.getByText('latitude and longitude come together').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByLabel('Longitude').fill('98.4');
    await dialog.getByRole('button', { name: 'Add the site' }).click();
    await page.getByText('Site LKT-001 was added.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);

    await page.goto(`${path}?search=lkt`);
    await page.getByRole('row', { name: /LKT-001/ }).click();
    const edit = page.getByRole('dialog', { name: 'Edit LKT-001' });
    await edit.getByLabel('Name').fill('Langkat, north');
    await edit.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /Langkat, north/ }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('keep what was entered when the code is taken', async () => {
    const clerk = console.workspace.people.DOC_CONTROL;
    await console.as(clerk).sites.create.mutate({ siteCode: 'TAKEN', name: 'There already' });
    const { page } = await browser.open(clerk);
    await page.goto(path);
    await page.getByRole('button', { name: 'Add a site' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Site code').fill('TAKEN');
    await dialog.getByLabel('Name').fill('Another one');
    await dialog.getByRole('button', { name: 'Add the site' }).click();
    await dialog.getByRole('alert').getByText('has the same').waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Another one');
  });

  test('are read as far as one scrolls, by keys too', async () => {
    const { id, code, people } = await console.createWorkspace('A large programme');
    await console.database.pool.query(
      `insert into sites (id, workspace_id, site_code, name)
       select 'large-' || n, $1::uuid, 'S-' || lpad(n::text, 4, '0'), 'Site ' || n from generate_series(1, 400) n`,
      [id],
    );
    const { page } = await browser.open(people.VIEWER);
    await page.goto(`/w/${code}/sites`);
    await page.getByRole('row', { name: /S-0001/ }).press('ArrowDown');
    expect(await page.locator('tr:focus').innerText()).toContain('S-0002');
    for (let number = 0; number < 6; number += 1) {
      await page.locator('tr:focus').press('End');
      await page.waitForTimeout(200);
    }
    expect(Number(/S-(\d+)/.exec(await page.locator('tr:focus').innerText())?.[1])).toBeGreaterThan(200);
    // Only what is on the screen exists.
    expect(await page.getByRole('row').count()).toBeLessThan(80);
    expect(await page.getByRole('button', { name: 'Add a site' }).count()).toBe(0);
  });

  test('of a workspace that one is not a member of are not shown', async () => {
    const { page } = await browser.open((await console.createWorkspace()).people.ADMIN);
    await page.goto(path);
    await page.getByRole('heading', { name: 'You cannot open this workspace' }).waitFor();
    await page.getByRole('link', { name: 'Northern programme' }).click();
    await page.getByRole('link', { name: 'Sites' }).first().click();
    await page.getByRole('heading', { name: 'No sites yet' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  test('say what to do while the API is away, and go on when it is back', async () => {
    const { page } = await browser.open(console.workspace.people.VIEWER);
    await page.goto(`/w/${console.workspace.code}/account`);
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    await console.killApi();
    await page.getByRole('link', { name: 'Sites' }).first().click();
    await page.getByText('The server does not answer.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await console.restartApi();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Sites' }).waitFor();
  });
});
