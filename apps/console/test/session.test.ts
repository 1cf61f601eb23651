import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser, openBrowser, type TestBrowser } from './support/open-browser.ts';
import { PASSWORD, startConsole, type TestConsole } from './support/start-console.ts';

describe.skipIf(!hasBrowser)('signing in', () => {
  let console: TestConsole;
  let browser: TestBrowser;

  beforeAll(async () => {
    console = await startConsole();
    browser = await openBrowser(console);
  });
  afterAll(async () => {
    await browser?.close();
    await console?.stop();
  });

  test('leads to the page that was asked for', async () => {
    const { page, complaints } = await browser.open(null);
    const { code, people } = console.workspace;
    await page.goto(`/w/${code}/account`);
    await page.getByLabel('E-mail address').fill(people.APPROVER.email);
    await page.getByLabel('Password').fill(PASSWORD);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/w/${code}/account`);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('says what is wrong, and keeps the address', async () => {
    const { page } = await browser.open(null);
    const { email } = console.workspace.people.APPROVER;
    await page.goto('/sign-in');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The e-mail address or the password is not right.').waitFor();
    expect(await page.getByLabel('E-mail address').inputValue()).toBe(email);
  });

  test('never leads to another site', async () => {
    const { page } = await browser.open(console.workspace.people.APPROVER);
    await page.goto('/sign-in?next=https%3A%2F%2Felsewhere.example%2F');
    await page.getByLabel('E-mail address').fill(console.workspace.people.APPROVER.email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Sites', exact: true }).waitFor();
    expect(new URL(page.url()).origin).toBe(console.url);
  });
});
