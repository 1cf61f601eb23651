import { createClient } from '@apms/client';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';

describe.skipIf(!hasBrowser)('API keys', () => {
  useConsole();
  let path: string;

  beforeAll(() => {
    path = `/w/${console.workspace.code}/api-keys`;
  });

  test('are made, shown once, and ended', async () => {
    const person = await console.createPerson(console.workspace.id, ['VIEWER']);
    await console.database.prisma.apiKey.deleteMany({ where: { referenceId: person.userId } });
    const { page, context, complaints } = await browser.open(person);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(path);
    await page.getByRole('heading', { name: 'No API keys' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make a key' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Good for how many days').fill('400');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    await dialog.getByRole('alert').first().waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByLabel('Name').fill('Nightly report');
    await dialog.getByLabel('Good for how many days').fill('7');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    await dialog.getByText('Copy it now: it is shown this once').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Copy the key' }).click();
    const key = await page.evaluate(() => navigator.clipboard.readText());
    const client = createClient({
      url: console.url,
      credential: { kind: 'apiKey', key },
      workspaceId: console.workspace.id,
    });
    expect((await client.users.me.query({})).id).toBe(person.userId);
    await dialog.getByRole('button', { name: 'I have copied it' }).click();
    const row = page.getByRole('row', { name: /Nightly report/ });
    await row.getByText('Soon').waitFor();
    expect(await page.content()).not.toContain(key);
    expect(await accessibilityFindings(page)).toEqual([]);

    await row.getByRole('button', { name: 'End the key “Nightly report”' }).click();
    await dialog.getByText('This cannot be undone.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'End', exact: true }).click();
    await page.getByText('The key “Nightly report” has ended.').waitFor();
    await page.getByRole('heading', { name: 'No API keys' }).waitFor();
    await expect(client.users.me.query({})).rejects.toMatchObject({
      data: { appError: { code: 'UNAUTHENTICATED' } },
    });
    expect(complaints).toEqual([]);
  });

  test('of everybody are for administrators', async () => {
    const { people } = console.workspace;
    const viewer = await browser.open(people.VIEWER);
    await viewer.page.goto(path);
    await viewer.page.getByRole('button', { name: 'Make a key' }).first().click();
    await viewer.page.getByLabel('Name').fill('Of a viewer');
    await viewer.page.getByRole('button', { name: 'Make the key' }).click();
    await viewer.page.getByRole('button', { name: 'I have copied it' }).click();
    await viewer.page.getByRole('row', { name: /Of a viewer/ }).waitFor();
    expect(await viewer.page.getByLabel('Whose').count()).toBe(0);
    await viewer.page.goto(`${path}?owner=EVERYBODY`);
    await viewer.page.getByRole('heading', { name: 'Your role does not include this page' }).waitFor();
    expect(await accessibilityFindings(viewer.page)).toEqual([]);

    const { page } = await browser.open(people.ADMIN);
    await page.goto(path);
    await page.getByRole('heading', { name: 'No API keys' }).waitFor();
    await page.getByLabel('Whose').selectOption('EVERYBODY');
    await page.getByRole('columnheader', { name: 'Owner' }).waitFor();
    expect(new URL(page.url()).searchParams.get('owner')).toBe('EVERYBODY');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'End the key “Of a viewer”' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click();
    await page.getByText('The key “Of a viewer” has ended.').waitFor();
  });

  test('keep what was entered when the API is away', async () => {
    const { page } = await browser.open(console.workspace.people.VIEWER);
    await page.goto(path);
    await page.getByRole('button', { name: 'Make a key' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('For later');
    await page.route('**/trpc/**', (route) => route.abort());
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    await dialog.getByText('The server does not answer.').waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('For later');
    await page.unroute('**/trpc/**');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    await dialog.getByText('it is shown this once').waitFor();
  });
});
