import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';

describe.skipIf(!hasBrowser)('settings', () => {
  useConsole();
  let path: string;

  beforeAll(() => {
    path = `/w/${console.workspace.code}/settings`;
  });

  test('are changed: time limits, alerts with their thresholds, categories of scopes', async () => {
    const manager = console.workspace.people.CONFIG_MANAGER;
    const { page, complaints } = await browser.open(manager);
    await page.goto(path);
    await page.getByText('Nobody is told').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('Hours for a stage').fill('36');
    await page.getByLabel('E-mail addresses').fill('noc@example.com\n\nquality@example.com');
    await page.getByLabel('Webhook').fill('https://hooks.example.com/services/x');
    await page.getByLabel('Tell of orphans that are').selectOption('Critical only');
    await page.getByLabel('Tell of orphans once').fill('5');
    await page.getByLabel('Tell of overdue approvals').fill('10');
    await page.getByRole('button', { name: 'Add a scope' }).click();
    await page.getByLabel('Scope code').fill('RAN');
    await page.getByLabel('Category').selectOption('Hardware');
    await page.getByText('There are changes that are not saved.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    await page.getByText('Nobody is told').waitFor({ state: 'detached' });
    expect(await console.as(manager).workspaceSettings.get.query()).toMatchObject({
      stageSlaHours: 36,
      finalStageSlaHours: 24,
      alertEmails: ['noc@example.com', 'quality@example.com'],
      alertWebhookUrl: 'https://hooks.example.com/services/x',
      orphanAlertSeverity: 'CRITICAL',
      orphanAlertMinimum: 5,
      slaAlertMinimum: 10,
      scopeCategories: { RAN: 'HARDWARE' },
    });
    expect(await accessibilityFindings(page)).toEqual([]);

    // Only what was changed here is sent: somebody else's change of another field stays.
    await console.as(manager).workspaceSettings.update.mutate({ finalStageSlaHours: 12 });
    await page.getByRole('button', { name: 'Remove RAN' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('No scope has a category of its own here.').waitFor();
    await expect
      .poll(async () => await console.as(manager).workspaceSettings.get.query())
      .toMatchObject({ finalStageSlaHours: 12, scopeCategories: {} });
    expect(complaints).toEqual([]);
  });

  test('say what is wrong, where, and keep what was entered', async () => {
    const { code, people } = await console.createWorkspace();
    const { page } = await browser.open(people.ADMIN);
    await page.goto(`/w/${code}/settings`);
    await page.getByLabel('Hours for a stage').fill('0');
    await page.getByLabel('E-mail addresses').fill('noc@example.com\nnot an address');
    await page.getByLabel('Webhook').fill('hooks');
    await page.getByLabel('Tell of orphans once').fill('1.5');
    for (const number of [0, 1]) {
      await page.getByRole('button', { name: 'Add a scope' }).click();
      await page.getByLabel('Scope code').nth(number).fill('RAN');
    }
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Enter a whole number from 1 to 8,760.').waitFor();
    await page.getByText('Line 2: not an address is no e-mail address.').waitFor();
    await page.getByText('This is no address that begins with https://.').waitFor();
    await page.getByText('Enter a whole number from 1 to 1,000,000,000.').waitFor();
    await page.getByText('This scope code is there twice.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await page.getByLabel('E-mail addresses').inputValue()).toBe('noc@example.com\nnot an address');

    // What only the API knows is said at the field too.
    await page.getByLabel('Hours for a stage').fill('40');
    await page.getByLabel('E-mail addresses').fill('noc@example.com');
    await page.getByLabel('Tell of orphans once').fill('1');
    await page.getByRole('button', { name: 'Remove RAN' }).first().click();
    await page.getByLabel('Webhook').fill('https://10.0.0.1/hook');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('it must lead to a public host').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await page.getByLabel('Hours for a stage').inputValue()).toBe('40');
    await page.getByLabel('Webhook').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
  });

  test('are not lost by leaving the page', async () => {
    const { code, people } = await console.createWorkspace();
    const { page } = await browser.open(people.ADMIN);
    await page.goto(`/w/${code}/settings`);
    await page.getByLabel('Hours for a stage').fill('12');
    page.once('dialog', (dialog) => void dialog.dismiss());
    await page.getByRole('link', { name: 'Sites' }).first().click();
    expect(await page.getByLabel('Hours for a stage').inputValue()).toBe('12');
    page.once('dialog', (dialog) => void dialog.accept());
    await page.getByRole('link', { name: 'Sites' }).first().click();
    await page.getByRole('heading', { name: 'Sites', exact: true }).waitFor();
  });

  test('are offered to those who may read them, and lead to the audits', async () => {
    const { page } = await browser.open(console.workspace.people.CONFIG_MANAGER);
    await page.goto(path);
    await page.getByRole('link', { name: 'See the audits' }).click();
    await page.getByRole('heading', { name: 'Integrity', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Alert thresholds' }).click();
    await page.getByRole('heading', { name: 'Alerts' }).waitFor();
    const vendor = await browser.open(console.workspace.people.VENDOR);
    await vendor.page.goto(path);
    await vendor.page.getByText('settings.read').waitFor();
    expect(await vendor.page.getByRole('link', { name: 'Settings' }).count()).toBe(0);
  });

  test('keep what was entered while the API is away', async () => {
    const { page } = await browser.open(console.workspace.people.ADMIN);
    await page.goto(path);
    await page.getByLabel('Hours for a stage').fill('20');
    await console.killApi();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('The server does not answer.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await console.restartApi();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    expect(await page.getByLabel('Hours for a stage').inputValue()).toBe('20');
  });
});
