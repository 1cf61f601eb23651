import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { startConsole } from './support/start-console.ts';
import { browser, console, useConsole } from './support/use-console.ts';

describe.skipIf(!hasBrowser)('people', () => {
  useConsole(() => startConsole({ NODE_ENV: 'development' }));
  let path: string;

  beforeAll(() => {
    // Mails are written to the log.
    path = `/w/${console.workspace.code}/people`;
  });

  test('are invited, found by the address, and told of', async () => {
    const { page, complaints } = await browser.open(console.workspace.people.ADMIN);
    await page.goto(path);
    await page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
    await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
    await dialog.getByText('Choose at least one role.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByLabel('E-mail address').fill('Newcomer@apms.example');
    await dialog.getByLabel('Name').fill('Nadia Newcomer');
    await dialog.getByLabel('Approver').check();
    await dialog.getByLabel('Viewer').check();
    await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByText('An invitation is on its way to newcomer@apms.example.').waitFor();

    await page.goto(`${path}?search=newcomer&role=APPROVER&status=PENDING`);
    const row = page.getByRole('row', { name: /Nadia Newcomer/ });
    await row.getByText('Viewer').waitFor();
    await row.click();
    await page.getByRole('heading', { level: 1, name: 'Nadia Newcomer' }).waitFor();
    expect(await page.title()).toBe('Nadia Newcomer · APMS');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send the invitation again' }).click();
    await page.getByText('An invitation is on its way').waitFor();
    await page.goto(`${path}?search=nobody-of-this-name`);
    await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('are left for one of them, whatever was typed a moment before', async () => {
    const { people, id } = console.workspace;
    const person = await console.createPerson(id, ['VIEWER']);
    const { page } = await browser.open(people.ADMIN);
    await page.clock.install();
    await page.goto(`${path}?search=${encodeURIComponent(person.email)}`);
    const row = page.getByRole('row', { name: new RegExp(person.email) });
    await row.waitFor();
    const released = Promise.withResolvers<void>();
    await page.route(/users\.get\b/, async (route) => {
      await released.promise;
      await route.continue();
    });
    await page.getByRole('searchbox').fill('somebody else');
    await row.press('Enter');
    await page.waitForURL(`${path}/${person.userId}`);
    await page.clock.runFor(1000);
    released.resolve();
    await page.getByRole('checkbox', { name: 'QA engineer' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  test('get a role at once, and lose it after a question', async () => {
    const person = await console.createPerson(console.workspace.id, ['VIEWER']);
    const { page, complaints } = await browser.open(console.workspace.people.ADMIN);
    await page.goto(`${path}/${person.userId}`);
    await page.getByRole('checkbox', { name: 'QA engineer' }).click();
    await page.getByText(': QA engineer was added.').waitFor();
    expect(await page.getByRole('checkbox', { name: 'QA engineer' }).isChecked()).toBe(true);
    await page.getByRole('checkbox', { name: 'QA engineer' }).click();
    const question = page.getByRole('dialog', { name: 'Take away the role QA engineer?' });
    await question.waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByRole('checkbox', { name: 'QA engineer' }).isChecked()).toBe(true);
    await page.getByRole('checkbox', { name: 'QA engineer' }).click();
    await question.getByRole('button', { name: 'Take away' }).click();
    await page.getByText(': QA engineer was taken away.').waitFor();
    expect(await page.getByRole('checkbox', { name: 'QA engineer' }).isChecked()).toBe(false);
    await page.getByRole('checkbox', { name: 'Viewer' }).click();
    await page.getByText('they are then no member any more').waitFor();
    expect(complaints).toEqual([]);
  });

  test('keep the last administrator', async () => {
    const { people, code } = await console.createWorkspace('Of one administrator');
    const { page } = await browser.open(people.ADMIN);
    await page.goto(`/w/${code}/people/${people.ADMIN.userId}`);
    await page.getByRole('checkbox', { name: 'Administrator' }).click();
    const question = page.getByRole('dialog', { name: /Take away the role/ });
    await question.getByRole('button', { name: 'Take away' }).click();
    await question.getByText('This is the last active ADMIN of the workspace').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  test('are renamed, suspended and activated, with a reason', async () => {
    const person = await console.createPerson(console.workspace.id, ['VENDOR']);
    const { page, complaints } = await browser.open(console.workspace.people.ADMIN);
    await page.goto(`${path}/${person.userId}`);
    await page.getByRole('textbox', { name: 'Phone' }).fill('not a phone');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('must be a phone number').waitFor();
    await page.getByRole('textbox', { name: 'Phone' }).fill('+62 61 123 456');
    await page.getByRole('textbox', { name: 'Name' }).fill('Vera Vendor');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Vera Vendor' }).waitFor();

    await page.getByRole('button', { name: 'Suspend' }).click();
    const question = page.getByRole('dialog', { name: 'Suspend Vera Vendor?' });
    expect(await question.getByRole('button', { name: 'Suspend' }).isDisabled()).toBe(true);
    await question.getByLabel('Reason').fill('Lost the telephone.');
    expect(await accessibilityFindings(page)).toEqual([]);
    await question.getByRole('button', { name: 'Suspend' }).click();
    await page.getByText('Suspended for the time being').waitFor();
    await page.getByRole('button', { name: 'Activate', exact: true }).click();
    const welcome = page.getByRole('dialog', { name: 'Activate Vera Vendor?' });
    await welcome.getByLabel('Reason').fill('Found again.');
    await welcome.getByRole('button', { name: 'Activate' }).click();
    await page.getByText('This person can sign in.').waitFor();
    expect(complaints).toEqual([]);
  });

  test('whom another workspace knows too keep their accounts', async () => {
    const person = await console.createPerson(console.workspace.id, ['VIEWER']);
    const other = await console.createWorkspace('Another one');
    await console.database.prisma.workspaceMembership.create({
      data: { workspaceId: other.id, userId: person.userId, role: 'VIEWER' },
    });
    const { page } = await browser.open(console.workspace.people.ADMIN);
    await page.goto(`${path}/${person.userId}`);
    await page.getByRole('textbox', { name: 'Name' }).fill('Renamed');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The account belongs to another workspace too').waitFor();
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Renamed');
    await page.getByRole('button', { name: 'Deactivate' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Left.');
    await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
    await page.getByRole('dialog').getByText('The account belongs to another workspace too').waitFor();
    expect(await page.getByRole('dialog').getByLabel('Reason').inputValue()).toBe('Left.');
  });

  test('are looked at by everybody, and changed by administrators alone', async () => {
    const { people } = console.workspace;
    const { page, complaints } = await browser.open(people.VIEWER);
    await page.goto(path);
    await page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
    expect(await page.getByRole('button', { name: 'Invite somebody' }).count()).toBe(0);
    await page.goto(`${path}/${people.ADMIN.userId}`);
    await page.getByRole('heading', { name: 'Person', exact: true }).waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.goto(`${path}/${(await console.createWorkspace()).people.ADMIN.userId}`);
    await page.getByRole('heading', { name: 'This workspace knows no such person' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)('an invitation that cannot be mailed', () => {
  useConsole();

  test('is told, and can be sent again', async () => {
    const { page } = await browser.open(console.workspace.people.ADMIN);
    await page.goto(`/w/${console.workspace.code}/people`);
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail address').fill('far@apms.example');
    await dialog.getByLabel('Name').fill('Fara Far');
    await dialog.getByLabel('Viewer').check();
    await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
    await dialog.getByText('The mail to far@apms.example could not be handed over.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Send the invitation again' }).click();
    await page.getByText('could not be handed over again').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('row', { name: /Fara Far/ }).waitFor();
  });
});
