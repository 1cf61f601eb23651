import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';

describe.skipIf(!hasBrowser)('audit events', () => {
  useConsole();
  let path: string;

  beforeAll(async () => {
    const { people, code } = console.workspace;
    path = `/w/${code}/audit-events`;
    await console.as(people.DOC_CONTROL).sites.create.mutate({ siteCode: 'AUD-1', name: 'Audited' });
    await console.as(people.ADMIN).users.update.mutate({ userId: people.VENDOR.userId, name: 'Vera Vendor' });
  });

  test('are told in words, and found by who, what, on what and when', async () => {
    const { people } = console.workspace;
    const { page, complaints } = await browser.open(people.ADMIN);
    await page.goto(path);
    const site = page.getByRole('row', { name: /Added a site/ });
    const person = page.getByRole('row', { name: /Changed somebody’s name or phone/ });
    await site.waitFor();
    await person.waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);

    await page.getByLabel('Part').selectOption('Sites');
    await person.waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('action')).toBe('sites.');
    await page.getByLabel('Action').selectOption('Changed a site');
    await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('search').getByRole('button', { name: 'Clear the filters' }).click();
    await person.waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.closest('search') !== null);
    expect(await focused()).toBe(true);

    const who = page.getByRole('combobox', { name: 'Who' });
    await who.fill(people.DOC_CONTROL.email);
    await page.getByRole('option', { name: people.DOC_CONTROL.email }).click();
    await person.waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('actorId')).toBe(people.DOC_CONTROL.userId);
    expect(await site.count()).toBe(1);

    const today = new Date().toISOString().slice(0, 10);
    await page.goto(`${path}?since=${today}`);
    await site.waitFor();
    await page.goto(`${path}?until=2020-02-29`);
    await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor();
    // What is no day is forgotten.
    await page.goto(`${path}?until=2020-02-30`);
    await site.waitFor();
    expect(complaints).toEqual([]);
  });

  test('are opened with everything that was recorded, by an address that can be sent', async () => {
    const { people } = console.workspace;
    const { page, complaints } = await browser.open(people.ADMIN);
    await page.goto(path);
    await page.getByRole('row', { name: /Changed somebody’s name or phone/ }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Changed somebody’s name or phone' });
    await dialog.getByText('"name": "Vera Vendor"').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.reload();
    await dialog.getByText('"name": "Vera Vendor"').waitFor();
    await dialog.getByRole('link', { name: 'Open it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Vera Vendor' }).waitFor();
    await page.getByRole('link', { name: 'What was done to their account' }).click();
    await page.getByRole('row', { name: /Changed somebody’s name or phone/ }).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    await page.goto(`${path}?event=no-such-event`);
    await page.getByRole('dialog').getByRole('alert').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('are for those whose role includes them', async () => {
    const { page } = await browser.open(console.workspace.people.VIEWER);
    await page.goto(path);
    await page.getByRole('heading', { name: 'Your role does not include this page' }).waitFor();
    expect(await page.getByRole('link', { name: 'Audit events' }).count()).toBe(0);
  });
});
