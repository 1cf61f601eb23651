import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';

const PHONE = { viewport: { width: 390, height: 844 } };

describe.skipIf(!hasBrowser)('the frame', () => {
  useConsole();
  let home: string;

  beforeAll(() => {
    home = `/w/${console.workspace.code}`;
  });

  const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);

  test('says which page was gone to, and puts the focus on its content', async () => {
    const { page, complaints } = await browser.open(console.workspace.people.VIEWER);
    await page.goto(`${home}/sites`);
    await page.getByRole('heading', { level: 1, name: 'Sites' }).waitFor();
    expect(await page.title()).toBe('Sites · APMS');
    const navigation = page.getByRole('navigation', { name: 'Main' });
    expect(await navigation.getByRole('link', { name: 'Sites' }).getAttribute('aria-current')).toBe('page');
    await navigation.getByRole('link', { name: 'Account' }).press('Enter');
    await page.getByRole('status').getByText('Your account · APMS').waitFor({ state: 'attached' });
    await expect.poll(() => focused(page)).toBe('content');
    expect(await page.title()).toBe('Your account · APMS');
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('is skipped by the first key', async () => {
    const { page } = await browser.open(console.workspace.people.VIEWER);
    await page.goto(`${home}/sites`);
    await page.getByRole('heading', { level: 1, name: 'Sites' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('content');
    await page.keyboard.press('Tab');
    expect(await page.getByLabel('Code or name').evaluate((field) => field === document.activeElement)).toBe(
      true,
    );
  });

  test('has its navigation in a drawer on a phone', async () => {
    const { page, complaints } = await browser.open(console.workspace.people.VIEWER, PHONE);
    await page.goto(`${home}/sites`);
    const button = page.getByRole('button', { name: 'Open the navigation' });
    await button.click();
    const drawer = page.getByRole('dialog', { name: 'Navigation' });
    await drawer.waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await button.click();
    await drawer.getByRole('link', { name: 'Account' }).click();
    await page.getByRole('heading', { level: 1, name: 'Your account' }).waitFor();
    expect(await drawer.count()).toBe(0);
    await expect.poll(() => focused(page)).toBe('content');
    expect(complaints).toEqual([]);
  });

  test('stays around a page that does not exist', async () => {
    const { page } = await browser.open(console.workspace.people.VIEWER);
    await page.goto(`${home}/no-such-page`);
    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
    expect(await page.title()).toBe('There is no such page · APMS');
    expect(await page.getByRole('navigation', { name: 'Main' }).count()).toBe(1);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.goto('/w/');
    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  test('keeps the theme that was chosen', async () => {
    const { page } = await browser.open(console.workspace.people.VIEWER);
    await page.goto(`${home}/account`);
    await page.getByRole('button', { name: /Your account/ }).click();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('radio', { name: 'Dark' }).check();
    const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
    expect(await scheme()).toBe('dark');
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: 'Dark' }).waitFor({ state: 'detached' });
    expect(await page.locator(':focus').getAttribute('aria-label')).toMatch(/^Your account/);
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await scheme()).toBe('dark');
    await page.emulateMedia({ media: 'print' });
    expect(await scheme()).toBe('light');
    expect(await page.getByRole('navigation').count()).toBe(0);
  });

  test('leads from one workspace to another', async () => {
    const other = await console.createWorkspace('Southern programme');
    const { people } = console.workspace;
    await console.database.prisma.workspaceMembership.create({
      data: { workspaceId: other.id, userId: people.VIEWER.userId, role: 'VIEWER' },
    });
    const { page } = await browser.open(people.VIEWER);
    await page.goto(`${home}/account`);
    await page.getByRole('button', { name: /Switch the workspace/ }).click();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('link', { name: /Southern programme/ }).click();
    await page.waitForURL(`**/w/${other.code}/**`);
    await page.getByRole('button', { name: 'Switch the workspace, now Southern programme' }).waitFor();
  });

  test('lets administrators rename the workspace', async () => {
    const { code, people } = await console.createWorkspace('Former name');
    const { page, complaints } = await browser.open(people.ADMIN);
    await page.goto(`/w/${code}/account`);
    await page.getByRole('button', { name: /Switch the workspace/ }).click();
    await page.getByRole('button', { name: 'Rename this workspace' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rename the workspace' });
    await dialog.getByLabel('Name').fill('');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByLabel('Name').fill('A better name');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Switch the workspace, now A better name' }).waitFor();
    const member = await browser.open(people.VIEWER);
    await member.page.goto(`/w/${code}/account`);
    await member.page.getByRole('button', { name: 'Switch the workspace, now A better name' }).click();
    await member.page.getByRole('link', { name: /A better name/ }).waitFor();
    expect(await member.page.getByRole('button', { name: 'Rename this workspace' }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('says that a page is being read when that takes its time', async () => {
    const { page } = await browser.open(console.workspace.people.VIEWER);
    await page.goto(`${home}/account`);
    await page.getByRole('heading', { level: 1, name: 'Your account' }).waitFor();
    const late = Promise.withResolvers<void>();
    await page.route('**/trpc/**', async (route) => {
      await late.promise;
      await route.continue();
    });
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sites' }).click();
    await page.getByRole('progressbar', { name: 'Loading' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    late.resolve();
    await page.getByRole('heading', { level: 1, name: 'Sites' }).waitFor();
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
  });

  test('says what to do when the API is away from the beginning', async () => {
    const { page } = await browser.open(console.workspace.people.VIEWER);
    await page.route('**/trpc/**', (route) => route.abort());
    await page.goto(`${home}/sites`);
    await page.getByText('The server does not answer.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.unroute('**/trpc/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sites' }).waitFor();
  });
});
