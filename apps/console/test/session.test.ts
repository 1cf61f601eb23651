import { describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { PASSWORD } from './support/start-console.ts';
import { browser, console, useConsole } from './support/use-console.ts';

describe.skipIf(!hasBrowser)('signing in', () => {
  useConsole();

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
    await page.getByRole('heading', { name: 'Inbox', exact: true }).waitFor();
    expect(new URL(page.url()).origin).toBe(console.url);
  });

  test('again, when the session has ended, loses nothing that was entered', async () => {
    const { people } = console.workspace;
    const { page } = await browser.open(people.DOC_CONTROL);
    await page.goto(`/w/${console.workspace.code}/sites`);
    await page.getByRole('button', { name: 'Add a site' }).first().click();
    const form = page.getByRole('dialog', { name: 'Add a site' });
    await form.getByLabel('Site code').fill('LATE-1');
    await form.getByLabel('Name').fill('Entered before the session ended');
    await endSessions(people.DOC_CONTROL.userId);
    await form.getByRole('button', { name: 'Add the site' }).click();

    const again = page.getByRole('dialog', { name: 'Sign in again' });
    await again.getByLabel('Password').waitFor();
    expect(await again.getByLabel('E-mail address').inputValue()).toBe(people.DOC_CONTROL.email);
    expect(await accessibilityFindings(page)).toEqual([]);
    await again.getByLabel('Password').fill('not the password');
    await again.getByRole('button', { name: 'Sign in' }).click();
    await again.getByText('is not right').waitFor();
    await again.getByLabel('Password').fill(PASSWORD);
    await again.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Site LATE-1 was added.').waitFor();
    expect(await page.getByRole('row', { name: /LATE-1/ }).count()).toBe(1);
  });

  test('out leaves nothing to go back to', async () => {
    const { page } = await browser.open(console.workspace.people.VENDOR);
    await page.goto(`/w/${console.workspace.code}/account`);
    await page.getByRole('button', { name: /Your account/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to APMS' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Sign in to APMS' }).waitFor();
    expect(await page.getByText(console.workspace.people.VENDOR.email).count()).toBe(0);
  });

  test('with a new password is what the account page is for', async () => {
    const person = await console.createPerson(console.workspace.id, ['VIEWER']);
    const { page } = await browser.open(person);
    await page.goto(`/w/${console.workspace.code}/account`);
    await page.getByLabel('Present password').fill('not the password');
    await page.getByLabel('New password').fill('an entirely new password');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('The present password is not right.').waitFor();
    await page.getByLabel('Present password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('Your password is changed.').waitFor();
    expect(await page.getByLabel('Present password').inputValue()).toBe('');
  });

  test('as somebody else in another tab shows no page of the former person any more', async () => {
    const { people, code } = console.workspace;
    const { page, context } = await browser.open(people.VENDOR);
    await page.goto(`/w/${code}/account`);
    await page.getByText(people.VENDOR.email).waitFor();
    await context.request.post(`${console.url}/auth/sign-in/email`, {
      headers: { origin: console.url },
      data: { email: people.QA_ENGINEER.email, password: PASSWORD },
    });
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    await page.getByText(people.QA_ENGINEER.email).waitFor();
    expect(await page.getByText(people.VENDOR.email).count()).toBe(0);
  });

  async function endSessions(userId: string): Promise<void> {
    await console.database.prisma.session.deleteMany({ where: { userId } });
    // As after the minute for which a process remembers whom it knows.
    await console.killApi();
    await console.restartApi();
  }
});
