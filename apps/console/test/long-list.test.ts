import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser } from './support/open-browser.ts';
import type { TestWorkspace } from './support/start-console.ts';
import { browser, console, useConsole } from './support/use-console.ts';

const COUNT = 3_000;

describe.skipIf(!hasBrowser)('a list of thousands', () => {
  useConsole();
  let workspace: TestWorkspace;

  beforeAll(async () => {
    workspace = await console.createWorkspace('A large programme');
    await console.database.pool.query(
      `insert into sites (id, workspace_id, site_code, name)
       select 'large-' || n, $1::uuid, 'S-' || lpad(n::text, 5, '0'), 'Site ' || n from generate_series(1, $2::int) n`,
      [workspace.id, COUNT],
    );
  });

  /** Goes to the end of what was read, until there is no more to read. */
  async function readAll(page: Page): Promise<void> {
    const all = page.getByText(`${COUNT.toLocaleString('en')} in all`);
    await page.getByRole('row', { name: /S-00001/ }).focus();
    while ((await all.count()) === 0) {
      await page.locator('tr:focus').press('End');
      await page.waitForTimeout(50);
    }
  }

  test('exists on the screen alone, and each row knows its place', async () => {
    const { page, complaints } = await browser.open(workspace.people.VIEWER);
    await page.goto(`/w/${workspace.code}/sites`);
    await readAll(page);
    const grid = page.getByRole('grid', { name: 'Sites' });
    await page.locator('tr:focus').press('End');
    await grid.getByRole('row', { name: /S-03000/ }).waitFor();
    expect(await page.locator('tr:focus').getAttribute('aria-rowindex')).toBe(String(COUNT + 1));
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(COUNT + 1));
    expect(await grid.getByRole('row').count()).toBeLessThan(80);
    await page.locator('tr:focus').press('Home');
    await expect.poll(() => page.locator('tr:focus').innerText()).toContain('S-00001');
    // The head stays below that of the frame.
    await page.mouse.wheel(0, 20_000);
    await page.waitForFunction(() => window.scrollY > 10_000);
    const { y = 0 } = (await grid.getByRole('columnheader', { name: 'Site' }).boundingBox()) ?? {};
    expect(y).toBeGreaterThanOrEqual(56);
    expect(y).toBeLessThan(70);
    // However far one scrolled, the keys go on from where they were.
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.locator('tr:focus').innerText()).toContain('S-00002');
    expect(complaints).toEqual([]);
  });

  test('is read on by a button too', async () => {
    const { page } = await browser.open(workspace.people.VIEWER, { viewport: { width: 1280, height: 400 } });
    await page.goto(`/w/${workspace.code}/sites`);
    const shown = page.getByText(/shown, there are more/);
    await shown.waitFor();
    const before = await shown.innerText();
    await page.getByRole('button', { name: 'Load more' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByText(before, { exact: true }).count()).toBe(0);
  });
});
