import { describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';

describe.skipIf(!hasBrowser)('a combobox whose list is open', () => {
  useConsole();

  test('leaves the page around it to everybody, and is left by Tab', async () => {
    const { code, people } = console.workspace;
    const { page, complaints } = await browser.open(people.ADMIN);
    await page.goto(`/w/${code}/audit-events`);
    const who = page.getByRole('combobox', { name: 'Who' });
    await who.fill(people.VENDOR.email);
    await page.getByRole('option', { name: people.VENDOR.email }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    // What a screen reader is told of a page, it is told while the list is open too.
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);

    await page.keyboard.press('Tab');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    expect(await who.evaluate((input) => input === document.activeElement)).toBe(false);
    expect(complaints).toEqual([]);
  });

  test('leaves the dialog around it to everybody, but not the page behind', async () => {
    const { code, people } = console.workspace;
    const { page, complaints } = await browser.open(people.DOC_CONTROL);
    await page.goto(`/w/${code}/overrides`);
    await page.getByRole('button', { name: 'Request an override' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Who is to decide' }).fill(people.APPROVER.email);
    const option = page.getByRole('option', { name: people.APPROVER.email });
    await option.waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await dialog.getByRole('heading', { name: 'Request an override' }).count()).toBe(1);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(0);

    // The first Escape closes the list, the second one the dialog.
    await page.keyboard.press('Escape');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    expect(await dialog.count()).toBe(1);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(complaints).toEqual([]);
  });
});
