import { createLifecycle, insertSites, type Lifecycle } from '@apms/api/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { hasBrowser } from './support/open-browser.ts';
import { browser, console, useConsole } from './support/use-console.ts';

const pdf = (name: string) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(`%PDF-1.7\n${name} ${Math.random()}`),
});
const png = (name: string) => ({
  name,
  mimeType: 'image/png',
  // One pixel.
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
});

describe.skipIf(!hasBrowser)('submissions', () => {
  useConsole();
  let life: Lifecycle;
  let path: string;

  beforeAll(async () => {
    life = await createLifecycle(console);
    path = `/w/${console.workspace.code}/submissions`;
  });

  /** A site that people can find. */
  async function nameSite(siteCode: string): Promise<string> {
    const [siteId = ''] = await insertSites(console, 1);
    await console.database.prisma.site.update({ where: { id: siteId }, data: { siteCode } });
    return siteId;
  }

  test('are begun for a site, which shows who would approve; get documents and go to QA', async () => {
    await nameSite('LKT-100');
    const { page, complaints } = await browser.open(console.workspace.people.VENDOR);
    await page.goto(path);
    await page.getByRole('button', { name: 'New submission' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'New submission' });
    await dialog.getByRole('button', { name: 'Begin the submission' }).click();
    await dialog.getByText('Choose the site.').waitFor();
    await dialog.getByText('Choose the scope of work.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('combobox', { name: 'Site' }).fill('lkt-1');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('option', { name: /LKT-100/ }).click();
    await dialog.getByLabel('Scope').selectOption('MW');
    const preview = dialog.getByRole('region', { name: 'Who would approve it' });
    await preview.getByText('Seat NOC_HEAD').waitFor();
    expect(await preview.getByText('together').count()).toBe(2);
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Begin the submission' }).click();

    await page.getByRole('heading', { name: /^ATP-/ }).waitFor();
    await page.locator('input[type=file]').setInputFiles([pdf('form.pdf'), png('mast.png')]);
    await page.getByLabel('What form.pdf is').selectOption('TEST_REPORT');
    expect(await page.getByLabel('What mast.png is').inputValue()).toBe('PHOTO');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Upload and attach 2 files' }).click();
    await page.getByRole('button', { name: 'Take form.pdf off the submission' }).waitFor();
    await page.getByRole('button', { name: 'Take mast.png off the submission' }).waitFor();
    await page.getByText(/^Test report/).waitFor();

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save form.pdf' }).click();
    expect((await download).suggestedFilename()).toBe('form.pdf');
    await page.getByRole('button', { name: 'Look at mast.png' }).click();
    await page.getByRole('img', { name: 'mast.png' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Take mast.png off the submission' }).click();
    await page
      .getByRole('button', { name: 'Take mast.png off the submission' })
      .waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Send to QA' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send to QA' }).click();
    await page.getByText(/is with QA\.$/).waitFor();
    await page.getByText('QA looks whether it is complete.').waitFor();
    expect(await page.getByRole('button', { name: 'Accept' }).count()).toBe(0);
    expect(await page.locator('input[type=file]').count()).toBe(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('are returned by QA with a comment, accepted, and listed by the address', async () => {
    const submissionId = await life.createInQa();
    const { submissionNumber } = await life.qa.submissions.get.query({ submissionId });
    const { page, complaints } = await browser.open(console.workspace.people.QA_ENGINEER);
    await page.goto(`${path}?status=QA_REVIEW&search=${submissionNumber}`);
    await page.getByRole('link', { name: submissionNumber }).click();
    await page.getByRole('button', { name: 'Return' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Return' }).click();
    await dialog.getByText('Say something here.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByLabel('Comment').fill('The test report is of another site.');
    await dialog.getByRole('button', { name: 'Return' }).click();
    await page.getByText(/was returned\.$/).waitFor();
    await page.getByText('The test report is of another site.').waitFor();
    await life.vendor.submissions.submit.mutate({ submissionId });
    await page.reload();
    await page.getByRole('button', { name: 'Accept' }).click();
    await dialog.getByText('Seat RTS').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('link', { name: 'Review 1' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('that are open already are linked instead of begun twice', async () => {
    const siteId = await nameSite('TWICE-1');
    const open = await life.vendor.submissions.create.mutate({
      siteId,
      scopeCode: 'RAN',
      atpCategory: 'BOTH',
    });
    const { page } = await browser.open(console.workspace.people.VENDOR);
    await page.goto(path);
    await page.getByRole('button', { name: 'New submission' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Site' }).fill('twice');
    await page.getByRole('option', { name: /TWICE-1/ }).click();
    await dialog.getByLabel('Scope').selectOption('RAN');
    await dialog.getByLabel('Category').selectOption('BOTH');
    await dialog.getByRole('button', { name: 'Begin the submission' }).click();
    const link = dialog.getByRole('link', { name: `Go to ${open.submissionNumber}` });
    await link.waitFor();
    expect(await dialog.getByRole('combobox', { name: 'Site' }).inputValue()).toBe('TWICE-1');
    expect(await accessibilityFindings(page)).toEqual([]);
    await link.click();
    await page.getByRole('heading', { name: open.submissionNumber }).waitFor();
  });

  test('for which nobody would approve say so before they are begun', async () => {
    const [siteId = ''] = await insertSites(console, 1, 'CL-UNKNOWN');
    await console.database.prisma.site.update({ where: { id: siteId }, data: { siteCode: 'LOST-1' } });
    const { page } = await browser.open(console.workspace.people.VENDOR);
    await page.goto(path);
    await page.getByRole('button', { name: 'New submission' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Site' }).fill('LOST');
    await page.getByRole('option', { name: /LOST-1/ }).click();
    await dialog.getByLabel('Scope').selectOption('RAN');
    await dialog.getByText(/Nobody active sits in seat RTS/).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  test('cannot be begun while no configuration is active', async () => {
    const other = await console.createWorkspace('Without a matrix');
    const { page } = await browser.open(other.people.VENDOR);
    await page.goto(`/w/${other.code}/submissions`);
    await page.getByRole('heading', { name: 'No submissions yet' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'New submission' }).first().click();
    await page.getByText('No approval matrix is active').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  test('refuse files one by one, and say why', async () => {
    const submissionId = await life.createDraft();
    const { page } = await browser.open(console.workspace.people.VENDOR);
    // What is changed on its way is noticed.
    await page.route('**/documents?name=changed.pdf', (route) =>
      route.continue({ postData: Buffer.from('%PDF-1.7\nsomething else') }),
    );
    await page.goto(`${path}/${submissionId}`);
    await page
      .locator('input[type=file]')
      .setInputFiles([
        { name: 'empty.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
        { name: 'tool.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') },
        { name: 'no-picture.png', mimeType: 'image/png', buffer: Buffer.from('text') },
        pdf('changed.pdf'),
        pdf('good.pdf'),
      ]);
    const row = (name: string) =>
      page.getByRole('list', { name: 'Files to add' }).getByRole('listitem').filter({ hasText: name });
    await row('empty.pdf').getByText('This file is empty').waitFor();
    await row('tool.exe').getByText('Files of this kind are not accepted').waitFor();
    await page.getByRole('button', { name: 'Upload and attach 3 files' }).click();
    await row('no-picture.png')
      .getByText(/are not accepted; accepted are/)
      .waitFor();
    await row('changed.pdf')
      .getByText(/not what its checksum says/)
      .waitFor();
    await page.getByRole('button', { name: 'Take good.pdf off the submission' }).waitFor();
    expect(await row('no-picture.png').getByRole('button', { name: 'Send it again' }).count()).toBe(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.unroute('**/documents?name=changed.pdf');
    await row('changed.pdf').getByRole('button', { name: 'Send it again' }).click();
    await page.getByRole('button', { name: 'Take changed.pdf off the submission' }).waitFor();
    await row('tool.exe').getByRole('button', { name: 'Take tool.exe off the list' }).click();
    await row('tool.exe').waitFor({ state: 'detached' });
  });

  test('keep a file that was being sent when the API went away, until it is sent again', async () => {
    const submissionId = await life.createDraft();
    const { page } = await browser.open(console.workspace.people.VENDOR);
    await page.goto(`${path}/${submissionId}`);
    await page.locator('input[type=file]').setInputFiles([pdf('early.pdf')]);
    await page.getByRole('button', { name: 'Upload and attach 1 file' }).click();
    await page.getByRole('button', { name: 'Take early.pdf off the submission' }).waitFor();
    await page.locator('input[type=file]').setInputFiles([pdf('late.pdf')]);
    await console.killApi();
    await page.getByRole('button', { name: 'Upload and attach 1 file' }).click();
    await page.getByText('The server does not answer.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await console.restartApi();
    await page.getByRole('button', { name: 'Send it again' }).click();
    await page.getByRole('button', { name: 'Take late.pdf off the submission' }).waitFor();
    expect((await life.vendor.submissions.get.query({ submissionId })).documents).toHaveLength(2);
  });

  test('stop sending a file when it is cancelled', async () => {
    const submissionId = await life.createDraft();
    const { page } = await browser.open(console.workspace.people.VENDOR);
    await page.goto(`${path}/${submissionId}`);
    // It is on its way until it is cancelled.
    await page.route('**/documents?name=slow.pdf', () => {});
    await page.locator('input[type=file]').setInputFiles([pdf('slow.pdf')]);
    await page.getByRole('button', { name: 'Upload and attach 1 file' }).click();
    await page.getByRole('progressbar', { name: 'Progress of slow.pdf' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel slow.pdf' }).click();
    await page.getByRole('button', { name: 'Upload and attach 1 file' }).waitFor();
    await page.unroute('**/documents?name=slow.pdf');
    await page.getByRole('button', { name: 'Upload and attach 1 file' }).click();
    await page.getByRole('button', { name: 'Take slow.pdf off the submission' }).waitFor();
  });

  test('ask before they are left while a file is being sent', async () => {
    const submissionId = await life.createDraft();
    const { page, complaints } = await browser.open(console.workspace.people.VENDOR);
    await page.goto(path);
    await page.locator(`a[href$="/submissions/${submissionId}"]`).first().click();
    // It is on its way until the test lets it go on.
    const { promise: sent, resolve: letItGo } = Promise.withResolvers<void>();
    const given = Promise.withResolvers<void>();
    await page.route('**/documents?name=slow.pdf', async (route) => {
      given.resolve();
      await sent;
      // A request that was given up is nothing to go on with.
      await route.continue().catch(() => {});
    });
    await page.locator('input[type=file]').setInputFiles([pdf('slow.pdf')]);
    await page.getByRole('button', { name: 'Upload and attach 1 file' }).click();
    await given.promise;
    const progress = page.getByRole('progressbar', { name: 'Progress of slow.pdf' });
    const leave = page.getByRole('dialog', { name: 'Leave while files are sent?' });

    // By a link, and by “back”.
    await page.getByRole('link', { name: 'Sites' }).first().click();
    await leave.getByText('One file is still on the way').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await leave.getByRole('button', { name: 'Stay here' }).click();
    await leave.waitFor({ state: 'detached' });
    await page.goBack();
    await leave.waitFor();
    await page.keyboard.press('Escape');
    await leave.waitFor({ state: 'detached' });
    await page.waitForURL(`**/submissions/${submissionId}`);
    await progress.waitFor();

    // By closing the tab: the browser asks.
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    await progress.waitFor();

    // It does not go to QA without the file.
    await page.getByRole('button', { name: 'Send to QA' }).click();
    const send = page.getByRole('dialog').getByRole('button', { name: 'Send to QA' });
    await page.getByText('It can go to QA when they have arrived.').waitFor();
    expect(await send.isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await send.waitFor({ state: 'detached' });

    // What arrives while one is asked leaves nothing to ask.
    await page.getByRole('link', { name: 'Sites' }).first().click();
    await leave.waitFor();
    letItGo();
    await leave.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Take slow.pdf off the submission' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`${path}/${submissionId}`);
    await page.getByRole('link', { name: 'Sites' }).first().click();
    await page.getByRole('heading', { name: 'Sites', exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('are left with what was being sent cancelled, when that is wanted', async () => {
    const submissionId = await life.createDraft();
    const { page, complaints } = await browser.open(console.workspace.people.VENDOR);
    await page.goto(`${path}/${submissionId}`);
    await page.route('**/documents?name=slow.pdf', () => {});
    const cancelled = page.waitForEvent('requestfailed', (request) => request.url().includes('slow.pdf'));
    await page.locator('input[type=file]').setInputFiles([pdf('slow.pdf')]);
    await page.getByRole('button', { name: 'Upload and attach 1 file' }).click();
    await page.getByRole('progressbar', { name: 'Progress of slow.pdf' }).waitFor();
    await page.getByRole('link', { name: 'Sites' }).first().click();
    const leave = page.getByRole('dialog', { name: 'Leave while files are sent?' });
    await leave.getByRole('button', { name: 'Leave and cancel' }).click();
    await page.getByRole('heading', { name: 'Sites', exact: true }).waitFor();
    await cancelled;
    expect((await life.vendor.submissions.get.query({ submissionId })).documents).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('that somebody else has moved meanwhile say how they stand', async () => {
    const submissionId = await life.createInQa();
    const { page } = await browser.open(console.workspace.people.QA_ENGINEER);
    await page.goto(`${path}/${submissionId}`);
    await page.getByRole('button', { name: 'Return' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Comment').fill('Too late');
    await life.qa.submissions.acceptQa.mutate({ submissionId });
    await dialog.getByRole('button', { name: 'Return' }).click();
    await dialog.getByText('Somebody was faster: it is “In review” by now.').waitFor();
    expect(await dialog.getByLabel('Comment').inputValue()).toBe('Too late');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Review 1' }).waitFor();
    expect(await page.getByRole('button', { name: 'Return' }).count()).toBe(0);
  });

  test('are rectified as a revision of their own, and cancelled with a reason', async () => {
    const submissionId = await life.createInReview();
    await life.decide(submissionId, 'RTS', 'REJECT', ['CRITICAL']);
    const { page } = await browser.open(console.workspace.people.VENDOR);
    await page.goto(`${path}/${submissionId}`);
    await page.getByText('Drop documents for revision 2 here').waitFor();
    await page.locator('input[type=file]').setInputFiles([pdf('mended.pdf')]);
    await page.getByRole('button', { name: 'Upload and attach 1 file' }).click();
    await page.getByRole('heading', { name: 'Revision 2' }).waitFor();
    await page.getByRole('button', { name: 'Resubmit' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Resubmit' }).click();
    await dialog.getByRole('link', { name: 'Look at its punchlist items' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Cancel the submission' }).click();
    await dialog.getByLabel('Comment').fill('The site is given up.');
    await dialog.getByRole('button', { name: 'Cancel the submission' }).click();
    await page.getByText('It was given up.').waitFor();
    await page.getByText('The site is given up.').waitFor();
  });

  test('of another workspace are not shown, and whoever only looks is offered nothing', async () => {
    const submissionId = await life.createDraft();
    const other = await console.createWorkspace();
    const { page } = await browser.open(other.people.DOC_CONTROL);
    await page.goto(`/w/${other.code}/submissions/${submissionId}`);
    await page.getByRole('heading', { name: 'It is not in this workspace' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'To the list' }).click();
    await page.getByRole('heading', { name: 'No submissions yet' }).waitFor();

    const viewer = await browser.open(console.workspace.people.VIEWER);
    await viewer.page.goto(`${path}/${submissionId}`);
    await viewer.page.getByRole('heading', { name: /^ATP-/ }).waitFor();
    expect(await viewer.page.getByRole('button', { name: /Send to QA|Cancel|Choose files/ }).count()).toBe(0);
    await viewer.page.goto(path);
    await viewer.page.getByRole('row', { name: /ATP-/ }).first().waitFor();
    expect(await viewer.page.getByRole('button', { name: 'New submission' }).count()).toBe(0);
    expect(await accessibilityFindings(viewer.page)).toEqual([]);
  });
});
