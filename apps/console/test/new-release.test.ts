import { describe, expect, test } from 'vitest';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';

/** A part of the console that is read when it is needed. */
const PART = '**/assets/site-dialog-*.js';

describe.skipIf(!hasBrowser)('a new release while the console is open', () => {
  useConsole();

  test('has the page load itself anew, once', async () => {
    const { page } = await browser.open(console.workspace.people.DOC_CONTROL);
    await page.goto(`/w/${console.workspace.code}/sites`);
    const add = page.getByRole('button', { name: 'Add a site' }).first();
    await add.waitFor();
    let loads = 0;
    page.on('load', () => {
      loads += 1;
    });
    // The file of the former release is gone.
    await page.route(PART, (route) => route.fulfill({ status: 404 }), { times: 1 });
    await add.click();
    await expect.poll(() => loads).toBe(1);
    await add.click();
    await page.getByRole('dialog', { name: 'Add a site' }).waitFor();
  });

  test('that cannot be read is told, and does not load without end', async () => {
    const { page } = await browser.open(console.workspace.people.DOC_CONTROL);
    await page.goto(`/w/${console.workspace.code}/sites`);
    const add = page.getByRole('button', { name: 'Add a site' }).first();
    await add.waitFor();
    let loads = 0;
    page.on('load', () => {
      loads += 1;
    });
    await page.route(PART, (route) => route.fulfill({ status: 404 }));
    await add.click();
    await expect.poll(() => loads).toBe(1);
    await add.click();
    await page.getByText('A part of the console could not be loaded.').waitFor();
    expect(loads).toBe(1);
  });
});
